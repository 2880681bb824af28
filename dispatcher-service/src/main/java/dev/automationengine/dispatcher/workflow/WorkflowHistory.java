package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The versions of workflows that are not deleted. */
@Component
class WorkflowHistory {
    private static final String DRAFT = "draft";

    private final WorkflowStore store;

    WorkflowHistory(WorkflowStore store) {
        this.store = store;
    }

    /** Versions, newest first. */
    Page<Workflow> list(OrgId org, WorkflowId id, @Nullable String cursor, int limit) {
        workflow(org, id);
        int before = cursor == null
                ? Integer.MAX_VALUE
                : number(Cursor.decode(cursor, 1).getFirst(), "cursor");
        return Page.of(
                store.versions(org, id, before, limit + 1),
                limit,
                last -> Cursor.encode(Integer.toString(last.version())));
    }

    /** A version; a problem if there is none of that number. */
    Workflow get(OrgId org, WorkflowId id, int version) {
        workflow(org, id);
        return store.versions(Set.of(new VersionKey(org, id, version))).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("version"));
    }

    /** What a version says, or the draft; without a draft, what runs. */
    Content content(OrgId org, WorkflowId id, String versionOrDraft) {
        if (versionOrDraft.equals(DRAFT)) {
            Workflow workflow = workflow(org, id);
            Draft draft = workflow.draft();
            return draft == null ? workflow.content() : draft.content();
        }
        return get(org, id, number(versionOrDraft, "to")).content();
    }

    private Workflow workflow(OrgId org, WorkflowId id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("workflow"));
    }

    private static int number(String text, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The version cannot be read.",
                    List.of(new FieldError(name, "send the number of a version, or draft")),
                    e);
        }
    }
}
