package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What authors do with workflows. Each change is stored, then published, then answered. */
@Service
class Workflows {
    private static final int MAX_TRIES = 5;

    private final WorkflowStore store;
    private final WorkflowParser parser;
    private final WorkflowPublisher publisher;
    private final InstantSource clock;

    Workflows(WorkflowStore store, WorkflowParser parser, WorkflowPublisher publisher, InstantSource clock) {
        this.store = store;
        this.parser = parser;
        this.publisher = publisher;
        this.clock = clock;
    }

    Workflow create(OrgId org, Map<String, @Nullable Object> document) {
        Draft draft = checked(document);
        Instant now = now();
        Workflow workflow = new Workflow(
                WorkflowId.random(),
                org,
                draft.name(),
                draft.active(true),
                1,
                draft.trigger(),
                draft.steps(),
                now,
                now,
                1);
        store.insert(workflow);
        publisher.publish(org, workflow.id());
        return workflow;
    }

    Workflow get(OrgId org, WorkflowId id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("workflow"));
    }

    Page<Workflow> list(OrgId org, @Nullable String cursor, int limit) {
        WorkflowId after = cursor == null ? null : id(Cursor.decode(cursor, 1).getFirst());
        return Page.of(
                store.list(org, after, limit + 1),
                limit,
                last -> Cursor.encode(last.id().value()));
    }

    Workflow rewrite(OrgId org, WorkflowId id, Map<String, @Nullable Object> document, @Nullable Long expectedRev) {
        Draft draft = checked(document);
        return change(org, id, expectedRev, workflow -> workflow.rewritten(draft, now()));
    }

    Workflow activate(OrgId org, WorkflowId id, boolean active) {
        return change(
                org,
                id,
                null,
                workflow -> workflow.isActive() == active ? workflow : workflow.activated(active, now()));
    }

    void delete(OrgId org, WorkflowId id, @Nullable Long expectedRev) {
        attempt(org, id, expectedRev, store::hide);
        publisher.publish(org, id);
    }

    private Workflow change(OrgId org, WorkflowId id, @Nullable Long expectedRev, UnaryOperator<Workflow> change) {
        Workflow[] changed = new Workflow[1];
        attempt(org, id, expectedRev, before -> {
            changed[0] = change.apply(before);
            return changed[0] == before || store.replace(before, changed[0]);
        });
        publisher.publish(org, id);
        return changed[0];
    }

    /** Reads and changes until nobody was faster. */
    private void attempt(OrgId org, WorkflowId id, @Nullable Long expectedRev, Predicate<Workflow> change) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Workflow before = get(org, id);
            if (expectedRev != null && expectedRev != before.rev()) {
                throw conflict();
            }
            if (change.test(before)) {
                return;
            }
        }
        throw conflict();
    }

    private Draft checked(Map<String, @Nullable Object> document) {
        Map<String, @Nullable Object> storable = DataLimit.WORKFLOW
                .storable(document)
                .orElseThrow(() -> new ProblemException(
                        Problem.PAYLOAD_TOO_LARGE,
                        "The workflow is larger than " + DataLimit.WORKFLOW.maxSize() + " bytes or nested too deep."));
        try {
            parser.parse(storable);
            return Draft.of(storable);
        } catch (InvalidDefinitionException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The workflow cannot run as it is written.",
                    e.findings().stream()
                            .map(found -> new FieldError(found.pointer(), found.reason()))
                            .toList());
        }
    }

    private static WorkflowId id(String text) {
        try {
            return new WorkflowId(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid(e);
        }
    }

    private static ProblemException conflict() {
        return new ProblemException(
                Problem.CONFLICT, "Somebody else changed the workflow: read it again, then repeat your change.");
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
