package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of every job, without order and turns: where it is, who holds it, what is known of it. It follows
 * the queue by what the queue is told, and says whether what the queue answers may be.
 */
final class QueueModel {
    private static final Duration DONE_RETENTION = Duration.ofMinutes(5);

    /** Where a job is. */
    sealed interface Place {
        record Ready() implements Place {}

        record Delayed(Instant due) implements Place {}

        record Leased(long fence, Instant until) implements Place {}
    }

    /** All that is known of a job. */
    record Known(NewJob job, Place place, int attempt, boolean rescued, int rescues, long lastFence) {
        Known at(Place place) {
            return new Known(job, place, attempt, rescued, rescues, lastFence);
        }

        Known leased(long fence, Instant until) {
            return new Known(job, new Place.Leased(fence, until), attempt, rescued, rescues, fence);
        }

        Known nextAttempt() {
            return new Known(job, place, attempt + 1, false, rescues, lastFence);
        }

        Known afterRescue() {
            return new Known(job, new Place.Ready(), attempt, true, rescues + 1, lastFence);
        }
    }

    private final Map<JobId, Known> jobs = new HashMap<>();
    private final Map<JobId, Instant> done = new HashMap<>();

    int enqueue(List<NewJob> added, Instant now) {
        int count = 0;
        for (NewJob job : added) {
            if (!jobs.containsKey(job.id()) && !done.containsKey(job.id())) {
                Place place = until(job.dueAt(), now);
                jobs.put(job.id(), new Known(job, place, job.attempt(), job.rescued(), 0, job.fenceFloor()));
                count++;
            }
        }
        return count;
    }

    /** The job that a claim may have given: a ready one. Null: it may not. */
    @Nullable
    Known claimable(JobId id) {
        Known known = jobs.get(id);
        return known != null && known.place() instanceof Place.Ready ? known : null;
    }

    void claimed(ClaimedJob job) {
        jobs.computeIfPresent(job.id(), (id, known) -> known.leased(job.fence(), job.leaseUntil()));
    }

    boolean holds(ClaimedJob job) {
        Known known = jobs.get(job.id());
        return known != null && known.place() instanceof Place.Leased leased && leased.fence() == job.fence();
    }

    Set<ClaimedJob> renew(Collection<ClaimedJob> held, Instant until) {
        held.stream()
                .filter(this::holds)
                .forEach(job -> jobs.computeIfPresent(job.id(), (id, known) -> known.leased(job.fence(), until)));
        return held.stream().filter(job -> !holds(job)).collect(Collectors.toSet());
    }

    Set<JobId> complete(Collection<ClaimedJob> completed, Instant now) {
        Set<JobId> stale = new HashSet<>();
        for (ClaimedJob job : completed) {
            if (holds(job)) {
                jobs.remove(job.id());
                done.put(job.id(), now);
            } else {
                stale.add(job.id());
            }
        }
        return stale;
    }

    Set<JobId> later(Collection<Later> later, boolean charged, Instant now) {
        Set<JobId> stale = new HashSet<>();
        for (Later each : later) {
            if (holds(each.job())) {
                Place place = until(each.dueAt(), now);
                jobs.computeIfPresent(
                        each.job().id(), (id, known) -> (charged ? known.nextAttempt() : known).at(place));
            } else {
                stale.add(each.job().id());
            }
        }
        return stale;
    }

    void release(Collection<ClaimedJob> released) {
        released.stream()
                .filter(this::holds)
                .forEach(job -> jobs.computeIfPresent(job.id(), (id, known) -> known.at(new Place.Ready())));
    }

    int promote(Instant now) {
        done.values().removeIf(at -> !at.isAfter(now.minus(DONE_RETENTION)));
        List<Known> due = jobs.values().stream()
                .filter(known -> known.place() instanceof Place.Delayed(Instant at) && !at.isAfter(now))
                .toList();
        due.forEach(known -> jobs.put(known.job().id(), known.at(new Place.Ready())));
        return due.size();
    }

    int rescue(Instant now) {
        List<Known> ended = jobs.values().stream()
                .filter(known ->
                        known.place() instanceof Place.Leased(long fence, Instant until) && !until.isAfter(now))
                .toList();
        ended.forEach(known -> jobs.put(known.job().id(), known.afterRescue()));
        return ended.size();
    }

    /** All jobs, as they are queued again from MongoDB after Redis has lost everything. */
    List<NewJob> rebuild() {
        List<NewJob> lost = jobs.values().stream()
                .map(known -> new NewJob(
                        known.job().id(),
                        known.job().org(),
                        known.job().priority(),
                        known.place() instanceof Place.Delayed(Instant due) ? due : null,
                        known.attempt(),
                        known.lastFence(),
                        true,
                        known.job().limitKey(),
                        known.job().payload()))
                .toList();
        jobs.clear();
        done.clear();
        return lost;
    }

    long leased(OrgId org) {
        return in(Place.Leased.class).filter(job -> job.org().equals(org)).count();
    }

    Stream<NewJob> in(Class<? extends Place> place) {
        return jobs.values().stream()
                .filter(known -> place.isInstance(known.place()))
                .map(Known::job);
    }

    int size() {
        return jobs.size();
    }

    private static Place until(@Nullable Instant due, Instant now) {
        return due != null && due.isAfter(now) ? new Place.Delayed(due) : new Place.Ready();
    }
}
