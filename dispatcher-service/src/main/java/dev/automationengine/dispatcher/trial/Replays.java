package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.trial.ReplayController.ReplayInput;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** What people do with replays. */
@Service
class Replays {
    private static final Logger log = LoggerFactory.getLogger(Replays.class);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MAX_TRIES = 10;

    private final ReplayStore store;
    private final TrialVersions versions;
    private final InstantSource clock;

    Replays(ReplayStore store, TrialVersions versions, InstantSource clock) {
        this.store = store;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Puts a replay on record; it begins by itself.
     *
     * @param key the same key gives the same replay; null: each call gives one
     */
    Replay create(OrgId org, WorkflowId id, ReplayInput input, @Nullable String key, String by) {
        WorkflowVersion version = versions.published(org, id, input.version());
        Instant now = now();
        Instant to = input.to() == null || input.to().isAfter(now) ? now : input.to();
        if (!input.from().isBefore(to) || input.from().plus(LONGEST).isBefore(to)) {
            throw invalid("/from", "must be before to, by at most " + LONGEST.toDays() + " days");
        }
        if (input.mode() == Replay.Mode.LIVE && !Boolean.TRUE.equals(input.confirmEffects())) {
            throw invalid("/confirm_effects", "must be true: a live replay does everything for real");
        }
        Replay replay = new Replay(
                id(org, id, key == null ? UUID.randomUUID().toString() : key),
                org,
                id,
                version.version(),
                input.mode(),
                new EventRange(input.from(), to, input.type(), input.source()),
                input.limitOrDefault(),
                input.perSecondOrDefault(),
                Replay.Status.RUNNING,
                null,
                ReplayProgress.NONE,
                by,
                now,
                now,
                null,
                null,
                now,
                1);
        store.insert(replay);
        log.info("{} replays events through {} of {}: {}", by, id, org, replay.id());
        Replay stored = get(org, replay.id());
        Repeated.check(replay.asksTheSameAs(stored));
        return stored;
    }

    Replay get(OrgId org, String id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("replay"));
    }

    /** Stops it after the page that is being done; what has ended stays as it is. */
    Replay cancel(OrgId org, String id) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Replay before = get(org, id);
            switch (before.status()) {
                case RUNNING -> {
                    Replay after = before.ended(Replay.Status.CANCELLED, null, now());
                    if (store.replace(before, after)) {
                        return after;
                    }
                }
                case CANCELLED -> {
                    return before;
                }
                case COMPLETED, FAILED ->
                    throw new ProblemException(
                            Problem.CONFLICT, "The replay is " + ReplayDocuments.name(before.status()) + " already.");
            }
        }
        throw new ProblemException(Problem.CONFLICT, "The replay changes all the time: try again.");
    }

    private static String id(OrgId org, WorkflowId id, String key) {
        // The same hash as that of events, under a name of its own.
        return "rpl_" + EventId.of(org, "/replays/" + id, key).value().substring("evt_".length());
    }

    private static ProblemException invalid(String pointer, String reason) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The replay cannot be run.", List.of(new FieldError(pointer, reason)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
