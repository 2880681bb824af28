package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as it is stored and answered, in the words of its author.
 *
 * @param id its id
 * @param orgId the organization
 * @param name what people call it
 * @param isActive whether events start executions
 * @param version the version that new executions follow; each change of name, trigger or steps makes a new one
 * @param trigger what starts it, as written
 * @param steps its steps, as written
 * @param createdAt when it was made
 * @param updatedAt when it changed last; grows with each change, so that readers of changes can tell which is newer
 * @param rev grows by one with each change; the ETag of answers
 */
public record Workflow(
        WorkflowId id,
        OrgId orgId,
        String name,
        boolean isActive,
        int version,
        Map<String, @Nullable Object> trigger,
        List<Object> steps,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long rev) {
    /** The same, switched on or off. */
    Workflow activated(boolean active, Instant now) {
        return new Workflow(id, orgId, name, active, version, trigger, steps, createdAt, after(now), rev + 1);
    }

    /** The next version. */
    Workflow rewritten(Draft draft, Instant now) {
        return new Workflow(
                id,
                orgId,
                draft.name(),
                draft.active(isActive),
                version + 1,
                draft.trigger(),
                draft.steps(),
                createdAt,
                after(now),
                rev + 1);
    }

    /** What it tells other services. */
    WorkflowChange change(Trigger parsed) {
        return new WorkflowChange(orgId, id, version, isActive, parsed, updatedAt);
    }

    private Instant after(Instant now) {
        return now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1);
    }
}
