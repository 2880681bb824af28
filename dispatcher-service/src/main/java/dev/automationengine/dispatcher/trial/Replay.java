package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Past events that a version of a workflow takes up, a page at a time. Immutable.
 *
 * @param id its id
 * @param orgId the organization
 * @param workflowId the workflow
 * @param version the version that takes the events up
 * @param mode with or without effects
 * @param events which events
 * @param limit how many events at most
 * @param perSecond how many executions are started a second; only live
 * @param status where it stands
 * @param error why it failed; absent unless it did
 * @param progress how far it is
 * @param createdBy who wants it
 * @param createdAt since when
 * @param updatedAt when it went on last
 * @param finishedAt when it ended; absent before
 * @param position the last event that is done; null: none
 * @param nextAt when the next page is due; null: it has ended
 * @param rev grows by one with each change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Replay(
        String id,
        OrgId orgId,
        WorkflowId workflowId,
        int version,
        Mode mode,
        EventRange events,
        int limit,
        int perSecond,
        Status status,
        @Nullable String error,
        ReplayProgress progress,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @JsonIgnore @Nullable Position position,
        @JsonIgnore @Nullable Instant nextAt,
        @JsonIgnore long rev) {
    /** With or without effects. */
    enum Mode {
        /** In memory: what would have been decided, compared with what was. */
        @JsonProperty("shadow")
        SHADOW,
        /** For real: new executions. */
        @JsonProperty("live")
        LIVE
    }

    /** Where it stands. */
    enum Status {
        /** Pages are left. */
        @JsonProperty("running")
        RUNNING,
        /** All are done. */
        @JsonProperty("completed")
        COMPLETED,
        /** A person stopped it. */
        @JsonProperty("cancelled")
        CANCELLED,
        /** It cannot go on. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * An event's place in time.
     *
     * @param receivedAt when it was received
     * @param id its id
     */
    record Position(Instant receivedAt, String id) {}

    /** Whether both are what the same request makes; the end of its time may be the time at which it came. */
    boolean asksTheSameAs(Replay other) {
        return workflowId.equals(other.workflowId)
                && version == other.version
                && mode == other.mode
                && limit == other.limit
                && perSecond == other.perSecond
                && events.from().truncatedTo(ChronoUnit.MILLIS).equals(other.events.from())
                && Objects.equals(events.type(), other.events.type())
                && Objects.equals(events.source(), other.events.source());
    }

    /** Taken by somebody who is at it until a time; whoever comes later than that takes it over. */
    Replay taken(Instant until) {
        return changed(status, error, progress, position, until, updatedAt, finishedAt);
    }

    /** With a page more, the next one due at a time. */
    Replay advanced(ReplayProgress more, @Nullable Position last, Instant next, Instant now) {
        return changed(status, error, more, last, status == Status.RUNNING ? next : null, now, finishedAt);
    }

    /** At its end. */
    Replay ended(Status end, @Nullable String why, Instant now) {
        return changed(end, why, progress, position, null, now, now);
    }

    private Replay changed(
            Status newStatus,
            @Nullable String newError,
            ReplayProgress newProgress,
            @Nullable Position newPosition,
            @Nullable Instant newNextAt,
            Instant newUpdatedAt,
            @Nullable Instant newFinishedAt) {
        return new Replay(
                id,
                orgId,
                workflowId,
                version,
                mode,
                events,
                limit,
                perSecond,
                newStatus,
                newError,
                newProgress,
                createdBy,
                createdAt,
                newUpdatedAt,
                newFinishedAt,
                newPosition,
                newNextAt,
                rev + 1);
    }
}
