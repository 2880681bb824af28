package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * @param isActive whether events start executions
 * @param version the version that new executions follow; 0: none has been published yet
 * @param content what that version says; without one, what the draft says
 * @param publication who made that version; null without one
 * @param draft what is being worked on; null: nothing but what is published
 * @param createdAt when it was made
 * @param updatedAt when it changed last; grows with each change, so that readers of changes can tell which is newer
 * @param rev grows by one with each change; the ETag of answers
 * @param awaited what its executions may wait for
 * @param request hash of the request that made it, if that had an Idempotency-Key; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Workflow(
        WorkflowId id,
        OrgId orgId,
        boolean isActive,
        int version,
        @JsonUnwrapped Content content,
        @Nullable Publication publication,
        @Nullable Draft draft,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long rev,
        @JsonIgnore AwaitedEvents awaited,
        @JsonIgnore @Nullable String request) {
    /** A new one, of which nothing runs yet. */
    static Workflow drafted(
            WorkflowId id, OrgId org, Content content, String by, Instant now, @Nullable String request) {
        return new Workflow(
                id,
                org,
                false,
                0,
                content,
                null,
                new Draft(content, now, by),
                now,
                now,
                1,
                AwaitedEvents.NONE,
                request);
    }

    /** The same, switched on or off. */
    Workflow activated(boolean active, Instant now) {
        return new Workflow(
                id,
                orgId,
                active,
                version,
                content,
                publication,
                draft,
                createdAt,
                after(now),
                rev + 1,
                awaited,
                request);
    }

    /** With another draft; what runs stays as it is. */
    Workflow redrafted(Content written, String by, Instant now) {
        Content shown = version == 0 ? written : content;
        return new Workflow(
                id,
                orgId,
                isActive,
                version,
                shown,
                publication,
                new Draft(written, after(now), by),
                createdAt,
                after(now),
                rev + 1,
                awaited,
                request);
    }

    /** Without the draft, if a version runs. */
    Workflow undrafted(Instant now) {
        return new Workflow(
                id,
                orgId,
                isActive,
                version,
                content,
                publication,
                null,
                createdAt,
                after(now),
                rev + 1,
                awaited,
                request);
    }

    /** With something to be worked on beside what runs. */
    Workflow withDraft(Draft other) {
        return new Workflow(
                id, orgId, isActive, version, content, publication, other, createdAt, updatedAt, rev, awaited, request);
    }

    /** With a next version that says this. */
    Workflow published(Content written, boolean active, Publication by) {
        return new Workflow(
                id,
                orgId,
                active,
                version + 1,
                written,
                by,
                null,
                createdAt,
                after(by.at()),
                rev + 1,
                awaited.published(written.steps(), by.at()),
                request);
    }

    /** What it tells other services. */
    WorkflowChange change(Trigger parsed) {
        return new WorkflowChange(
                orgId,
                id,
                version,
                isActive,
                parsed,
                updatedAt,
                awaited.at(updatedAt).sources());
    }

    @JsonIgnore
    String name() {
        return content.name();
    }

    @JsonIgnore
    Map<String, @Nullable Object> trigger() {
        return content.trigger();
    }

    @JsonIgnore
    List<Object> steps() {
        return content.steps();
    }

    private Instant after(Instant now) {
        return now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1);
    }
}
