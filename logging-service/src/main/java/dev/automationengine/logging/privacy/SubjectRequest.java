package dev.automationengine.logging.privacy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request about a person, and how far it is. It goes through the collections one after another, page by page; an
 * erasure goes through them again until it finds nothing more. Pure.
 *
 * @param id the request
 * @param orgId whose data
 * @param kind what is wanted
 * @param subjects keyed hashes of the person's contacts
 * @param traces keyed hashes of what those leave in texts; not kept when the request has ended
 * @param region where telephone numbers without a country code are; null: such are not looked at
 * @param by who asked: the id of a user or an API key
 * @param createdAt when
 * @param status where it stands
 * @param pass 1 for the first look through all collections
 * @param collection the one that is looked through
 * @param after the id that the last page of it ended with; null: it begins
 * @param found whether anything was found in this pass
 * @param changed whether anything was erased in this pass, or could not be yet
 * @param lookAt when to ask for the page (again)
 * @param finishedAt when it ended; null before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SubjectRequest(
        String id,
        OrgId orgId,
        SubjectWork.Kind kind,
        List<String> subjects,
        @JsonIgnore List<String> traces,
        @Nullable String region,
        String by,
        Instant createdAt,
        Status status,
        int pass,
        String collection,
        @JsonIgnore @Nullable String after,
        @JsonIgnore boolean found,
        @JsonIgnore boolean changed,
        @JsonIgnore Instant lookAt,
        @Nullable Instant finishedAt) {
    /** What is looked through, in this order: what is written from another comes after it. */
    static final List<String> COLLECTIONS = List.of("events", "executions", "dead_letters", "execution_logs");

    /** So often an erasure goes through everything; then something brings the person back all the time. */
    static final int MAX_PASSES = 5;

    /** Copies the hashes. */
    SubjectRequest {
        subjects = List.copyOf(subjects);
        traces = List.copyOf(traces);
    }

    /** Where a request stands. */
    enum Status {
        /** It goes on by itself. */
        @JsonProperty("running")
        RUNNING,
        /** All was looked through; an erasure found nothing more at its last look. */
        @JsonProperty("done")
        DONE,
        /** An erasure still found something at its last look: the person's data keeps coming. */
        @JsonProperty("incomplete")
        INCOMPLETE
    }

    /** One that begins now. */
    static SubjectRequest begin(
            String id,
            OrgId org,
            SubjectWork.Kind kind,
            List<String> subjects,
            List<String> traces,
            @Nullable String region,
            String by,
            Instant now) {
        return new SubjectRequest(
                id,
                org,
                kind,
                subjects,
                traces,
                region,
                by,
                now,
                Status.RUNNING,
                1,
                COLLECTIONS.getFirst(),
                null,
                false,
                false,
                now,
                null);
    }

    /** The page to be looked through next. */
    SubjectWork work() {
        return new SubjectWork(id, orgId, kind, subjects, traces, region, collection, pass, after);
    }

    /** Whether it waits for this answer; another is an old one that came again. */
    boolean awaits(SubjectPage page) {
        return status == Status.RUNNING
                && page.pass() == pass
                && page.collection().equals(collection)
                && Objects.equals(page.after(), after);
    }

    /**
     * How far it is with an answer that it awaits.
     *
     * @param settle pause before another pass
     */
    SubjectRequest with(SubjectPage page, Instant now, Duration settle) {
        boolean anyFound = found || !page.findings().isEmpty();
        boolean anyChanged =
                changed || page.changed() > 0 || page.findings().stream().anyMatch(finding -> !finding.erased());
        if (page.next() != null) {
            return at(Status.RUNNING, pass, collection, page.next(), anyFound, anyChanged, now, null);
        }
        int behind = COLLECTIONS.indexOf(collection) + 1;
        if (behind < COLLECTIONS.size()) {
            return at(Status.RUNNING, pass, COLLECTIONS.get(behind), null, anyFound, anyChanged, now, null);
        }
        boolean clean = kind != SubjectWork.Kind.ERASURE || !(pass == 1 ? anyFound : anyChanged);
        if (clean || pass == MAX_PASSES) {
            return at(clean ? Status.DONE : Status.INCOMPLETE, pass, collection, null, anyFound, anyChanged, now, now);
        }
        return at(Status.RUNNING, pass + 1, COLLECTIONS.getFirst(), null, false, false, now.plus(settle), null);
    }

    private SubjectRequest at(
            Status newStatus,
            int newPass,
            String newCollection,
            @Nullable String newAfter,
            boolean anyFound,
            boolean anyChanged,
            Instant look,
            @Nullable Instant end) {
        return new SubjectRequest(
                id,
                orgId,
                kind,
                subjects,
                traces,
                region,
                by,
                createdAt,
                newStatus,
                newPass,
                newCollection,
                newAfter,
                anyFound,
                anyChanged,
                look,
                end);
    }
}
