package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What authors do with workflows. Each change is stored, then published, then answered. */
@Service
class Workflows {
    private static final int MAX_TRIES = 5;

    private final WorkflowStore store;
    private final Definitions definitions;
    private final WorkflowPublisher publisher;
    private final RequestHash requests;
    private final ActiveWorkflows activeOnes;
    private final InstantSource clock;

    Workflows(
            WorkflowStore store,
            Definitions definitions,
            WorkflowPublisher publisher,
            RequestHash requests,
            ActiveWorkflows activeOnes,
            InstantSource clock) {
        this.store = store;
        this.definitions = definitions;
        this.publisher = publisher;
        this.requests = requests;
        this.activeOnes = activeOnes;
        this.clock = clock;
    }

    /**
     * A change and who makes it.
     *
     * @param org the organization
     * @param by the caller
     * @param expectedRev the revision that the caller has seen; null: any
     */
    record Change(OrgId org, String by, @Nullable Long expectedRev) {}

    /**
     * Makes a workflow: live at once, unless the document says {@code is_active: false}; then it is a draft.
     *
     * @param idempotencyKey makes one workflow of any number of such requests; null: each makes one
     */
    Workflow create(Change change, Map<String, @Nullable Object> document, @Nullable String idempotencyKey) {
        OrgId org = change.org();
        Content content = definitions.checked(org, document);
        WorkflowId id = idempotencyKey == null ? WorkflowId.random() : WorkflowId.of(org, idempotencyKey);
        if (idempotencyKey != null) {
            refuseDeleted(org, id);
        }
        String request = idempotencyKey == null ? null : requests.of(document);
        Workflow drafted = Workflow.drafted(id, org, content, change.by(), now(), request);
        boolean live = !Boolean.FALSE.equals(document.get("is_active"));
        Workflow workflow = live ? drafted.published(content, true, publication(change, null)) : drafted;
        if (live && (idempotencyKey == null || store.find(org, id).isEmpty())) {
            activeOnes.requireRoom(org);
        }
        if (!store.insert(workflow)) {
            workflow = repeated(org, id, request);
        }
        publisher.publish(org, id);
        return workflow;
    }

    Workflow get(OrgId org, WorkflowId id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("workflow"));
    }

    Page<Workflow> list(OrgId org, WorkflowFilter filter, @Nullable String cursor, int limit) {
        WorkflowStore.Position after = cursor == null ? null : position(Cursor.decode(cursor, 2));
        return Page.of(
                store.list(org, filter, after, limit + 1),
                limit,
                last -> Cursor.encode(
                        Long.toString(last.createdAt().toEpochMilli()),
                        last.id().value()));
    }

    /**
     * Writes the draft anew, or the next version at once.
     *
     * @param publish whether at once; a document that says {@code is_active: true} is live at once, too
     */
    Workflow rewrite(Change change, WorkflowId id, Map<String, @Nullable Object> document, boolean publish) {
        Content content = definitions.checked(change.org(), document);
        boolean activates = Boolean.TRUE.equals(document.get("is_active"));
        return change(
                change,
                id,
                before -> publish || activates
                        ? before.published(content, before.isActive() || activates, publication(change, null))
                        : before.redrafted(content, change.by(), now()));
    }

    /** Makes the draft the version that runs; without a draft nothing changes. */
    Workflow publish(Change change, WorkflowId id, @Nullable String note) {
        return change(change, id, before -> published(before, before.isActive(), change, note));
    }

    /** Throws the draft away. */
    Workflow discard(Change change, WorkflowId id) {
        return change(change, id, before -> {
            if (before.version() == 0) {
                throw new ProblemException(
                        Problem.CONFLICT, "Nothing but the draft is there: delete the workflow instead.");
            }
            return before.draft() == null ? before : before.undrafted(now());
        });
    }

    /** Makes what an earlier version says the next version; the draft stays, if there is one. */
    Workflow rollback(Change change, WorkflowId id, Workflow version, @Nullable String note) {
        String why = note == null ? "Back to version " + version.version() : note;
        // An old version may name what is not there any more.
        Content content = definitions.checked(change.org(), version.content().document());
        return change(change, id, before -> {
            Workflow next = before.published(content, before.isActive(), publication(change, why));
            Draft draft = before.draft();
            return draft == null ? next : next.withDraft(draft);
        });
    }

    /** Switches events on or off. One that has never been published is, when it is switched on. */
    Workflow activate(Change change, WorkflowId id, boolean active) {
        return change(change, id, before -> {
            if (active && before.version() == 0) {
                return published(before, true, change, null);
            }
            return before.isActive() == active ? before : before.activated(active, now());
        });
    }

    void delete(Change change, WorkflowId id) {
        attempt(change, id, store::hide);
        publisher.publish(change.org(), id);
    }

    private Workflow published(Workflow before, boolean active, Change change, @Nullable String note) {
        Draft draft = before.draft();
        if (draft == null) {
            return before;
        }
        // What was right when it was written may not be any more: a credential may be gone.
        Content content = definitions.checked(change.org(), draft.content().document());
        return before.published(content, active, publication(change, note));
    }

    /** Its versions are kept for the executions that follow them: a new workflow must not meet them as its own. */
    private void refuseDeleted(OrgId org, WorkflowId id) {
        boolean known = store.find(org, id).isPresent();
        if (!known && !store.versions(Set.of(new VersionKey(org, id, 1))).isEmpty()) {
            throw reused("The key has made " + id + ", which has been deleted: send a new key.");
        }
    }

    private static ProblemException reused(String detail) {
        return new ProblemException(Problem.IDEMPOTENCY_KEY_REUSED, detail);
    }

    /** The same request again, whatever was done with the workflow since. */
    private Workflow repeated(OrgId org, WorkflowId id, @Nullable String request) {
        Workflow stored = store.find(org, id)
                .orElseThrow(() -> reused("The key has made " + id + ", which is being deleted: send a new key."));
        if (!Objects.equals(stored.request(), request)) {
            throw reused("The key has made " + id + " from another document: send a new key.");
        }
        return stored;
    }

    private Workflow change(Change change, WorkflowId id, UnaryOperator<Workflow> by) {
        Workflow[] changed = new Workflow[1];
        attempt(change, id, before -> {
            changed[0] = by.apply(before);
            if (changed[0].isActive() && !before.isActive()) {
                activeOnes.requireRoom(change.org());
            }
            return changed[0] == before || store.replace(before, changed[0]);
        });
        publisher.publish(change.org(), id);
        return Objects.requireNonNull(changed[0]);
    }

    /** Reads and changes until nobody was faster. */
    private void attempt(Change change, WorkflowId id, Predicate<Workflow> by) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Workflow before = get(change.org(), id);
            if (change.expectedRev() != null && change.expectedRev() != before.rev()) {
                throw new ProblemException(
                        Problem.PRECONDITION_FAILED,
                        "Somebody else changed the workflow, its ETag is \"" + before.rev()
                                + "\" now: read it again, then repeat your change.");
            }
            if (by.test(before)) {
                return;
            }
        }
        throw new ProblemException(Problem.CONFLICT, "The workflow changes all the time: try again.");
    }

    private Publication publication(Change change, @Nullable String note) {
        return new Publication(now(), change.by(), note);
    }

    private static WorkflowStore.Position position(List<String> parts) {
        try {
            return new WorkflowStore.Position(
                    Instant.ofEpochMilli(Long.parseLong(parts.getFirst())), new WorkflowId(parts.getLast()));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid(e);
        }
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
