package dev.automationengine.dispatcher.redrive;

import dev.automationengine.dispatcher.deadletter.DeadLetter;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Resolution;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Status;
import dev.automationengine.dispatcher.deadletter.DeadLetterFilter;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore.Position;
import dev.automationengine.dispatcher.redrive.Redrives.Outcome;
import dev.automationengine.dispatcher.redrive.Redrives.Version;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What people do with dead letters, one or many at a time. */
@Service
class DeadLetters {
    /** How many are handled by one round trip. */
    private static final int BATCH = 100;

    private final DeadLetterStore store;
    private final Redrives redrives;
    private final InstantSource clock;

    DeadLetters(DeadLetterStore store, Redrives redrives, InstantSource clock) {
        this.store = store;
        this.redrives = redrives;
        this.clock = clock;
    }

    DeadLetter get(OrgId org, JobId id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("dead letter"));
    }

    /** Takes up the execution of a letter. Asked again, it tells the same. */
    DeadLetter redrive(OrgId org, JobId id, Version version, String by) {
        DeadLetter letter = get(org, id);
        if (letter.status() == Status.DISCARDED) {
            throw conflict(letter);
        }
        ExecutionId execution = letter.executionId();
        if (letter.status() == Status.OPEN
                && redrives.redrive(org, Set.of(execution), version, by).get(execution)
                        instanceof Outcome.Impossible(String why)) {
            throw new ProblemException(Problem.CONFLICT, "It cannot be redriven: " + why + ".");
        }
        return get(org, id);
    }

    /** Lets a letter rest. Asked again, it tells the same. */
    DeadLetter discard(OrgId org, JobId id, String reason, String by) {
        DeadLetter letter = get(org, id);
        if (letter.status() == Status.REDRIVEN) {
            throw conflict(letter);
        }
        store.discard(org, List.of(id), discarded(reason, by));
        return get(org, id);
    }

    /** Takes up the executions of open letters, oldest first. */
    Many redrive(OrgId org, DeadLetterFilter filter, @Nullable Position after, int limit, Version version, String by) {
        return many(org, filter, after, limit, letters -> {
            Set<ExecutionId> executions = new LinkedHashSet<>();
            letters.forEach(letter -> executions.add(letter.executionId()));
            Map<ExecutionId, Outcome> outcomes = redrives.redrive(org, executions, version, by);
            List<Many.Failure> failures = new ArrayList<>();
            letters.forEach(letter -> {
                if (outcomes.get(letter.executionId()) instanceof Outcome.Impossible(String why)) {
                    failures.add(new Many.Failure(letter.id(), why));
                }
            });
            return failures;
        });
    }

    /** Lets open letters rest, oldest first. */
    Many discard(OrgId org, DeadLetterFilter filter, @Nullable Position after, int limit, String reason, String by) {
        return many(org, filter, after, limit, letters -> {
            store.discard(org, letters.stream().map(DeadLetter::id).toList(), discarded(reason, by));
            return List.of();
        });
    }

    private Many many(
            OrgId org,
            DeadLetterFilter filter,
            @Nullable Position from,
            int limit,
            Function<List<DeadLetter>, List<Many.Failure>> handle) {
        Position after = from;
        int handled = 0;
        List<Many.Failure> failures = new ArrayList<>();
        while (handled < limit) {
            int size = Math.min(BATCH, limit - handled);
            List<DeadLetter> letters = store.open(org, filter, after, size);
            if (!letters.isEmpty()) {
                failures.addAll(handle.apply(letters));
                handled += letters.size();
                after = Position.of(letters.getLast());
            }
            if (letters.size() < size) {
                return new Many(handled - failures.size(), failures, null);
            }
        }
        return new Many(handled - failures.size(), failures, after);
    }

    /**
     * What became of many.
     *
     * @param done letters that it was done for
     * @param failures those that it could not be done for; they stay open
     * @param last where the next call goes on; null: no more were left
     */
    record Many(int done, List<Failure> failures, @Nullable Position last) {
        /** Why one stays open. */
        record Failure(JobId id, String detail) {}
    }

    private Resolution discarded(String reason, String by) {
        return new Resolution(by, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason, null);
    }

    private static ProblemException conflict(DeadLetter letter) {
        return new ProblemException(
                Problem.CONFLICT,
                "The dead letter has been " + letter.status().name().toLowerCase(Locale.ROOT) + " already.");
    }
}
