package dev.automationengine.jobqueue;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.automationengine.jobqueue.InMemoryLanes.Lane;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue as plain as it can be told: it searches a list where Redis keeps sorted sets. */
final class InMemoryJobQueue implements JobQueue {
    private static final int QUANTUM = 5;
    private static final Duration DONE_RETENTION = Duration.ofMinutes(5);

    private enum State {
        READY,
        DELAYED,
        LEASED
    }

    private static final class Job {
        final NewJob added;
        State state = State.READY;
        Instant until = Instant.MIN;
        long place;
        long fence;
        int attempt;
        boolean rescued;
        int rescues;

        Job(NewJob added) {
            this.added = added;
            this.fence = added.fenceFloor();
            this.attempt = added.attempt();
            this.rescued = added.rescued();
        }

        OrgId org() {
            return added.org();
        }

        @Nullable
        Lane lane() {
            String key = added.limitKey();
            return key == null ? null : new Lane(added.org(), key);
        }
    }

    private final InstantSource clock;
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final Map<JobId, Instant> done = new HashMap<>();
    private final Map<OrgId, Integer> caps = new HashMap<>();
    private final Map<OrgId, Long> ring = new HashMap<>();
    private final Map<OrgId, Long> virtualTimes = new HashMap<>();
    private final InMemoryLanes lanes;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long virtualClock;
    private long places;

    InMemoryJobQueue(InstantSource clock) {
        this.clock = clock;
        this.lanes = new InMemoryLanes(clock);
    }

    @Override
    public synchronized int enqueue(List<NewJob> added) {
        int count = 0;
        for (NewJob job : added) {
            if (!jobs.containsKey(job.id()) && !done.containsKey(job.id())) {
                Job queued = new Job(job);
                jobs.put(job.id(), queued);
                waitUntil(queued, job.dueAt());
                count++;
            }
        }
        refreshRing();
        return count;
    }

    @Override
    public synchronized List<ClaimedJob> claim(String workerId, int max, Duration lease) {
        List<ClaimedJob> claimed = new ArrayList<>();
        lanes.openDue();
        refreshRing();
        while (claimed.size() < max && !ring.isEmpty()) {
            OrgId org = ring.keySet().stream()
                    .min(comparing((OrgId candidate) -> Objects.requireNonNull(ring.get(candidate)))
                            .thenComparing(candidate -> candidate))
                    .orElseThrow();
            virtualClock = Objects.requireNonNull(ring.remove(org));
            int take = Math.min(Math.min(QUANTUM, max - claimed.size()), room(org));
            int taken = 0;
            for (Optional<Job> next = next(org); taken < take && next.isPresent(); next = next(org)) {
                Job job = next.get();
                if (lanes.mayGo(job.lane())) {
                    claimed.add(lease(job, clock.instant().plus(lease)));
                    taken++;
                }
            }
            virtualTimes.put(org, virtualClock + taken);
            refreshRing();
        }
        if (ring.isEmpty()) {
            virtualTimes.clear();
        }
        return claimed;
    }

    /** The first ready job of an organization that no closed lane keeps back. */
    private Optional<Job> next(OrgId org) {
        return in(State.READY)
                .filter(job -> job.org().equals(org) && !lanes.closed(job.lane()))
                .min(comparingInt((Job job) -> job.added.priority()).thenComparingLong(job -> job.place));
    }

    private ClaimedJob lease(Job job, Instant until) {
        job.state = State.LEASED;
        job.until = until;
        job.fence = Math.max(job.fence + 1, clock.millis());
        return new ClaimedJob(
                job.added.id(),
                job.org(),
                job.fence,
                job.attempt,
                job.rescued,
                job.rescues,
                job.added.limitKey(),
                job.added.payload(),
                until);
    }

    @Override
    public synchronized Set<ClaimedJob> renew(Collection<ClaimedJob> held, Duration lease) {
        Set<ClaimedJob> lost = new HashSet<>();
        for (ClaimedJob job : held) {
            held(job).ifPresentOrElse(own -> own.until = clock.instant().plus(lease), () -> lost.add(job));
        }
        return lost;
    }

    @Override
    public synchronized Set<JobId> complete(Collection<ClaimedJob> completed) {
        Set<JobId> stale = new HashSet<>();
        for (ClaimedJob job : completed) {
            if (held(job).isPresent()) {
                jobs.remove(job.id());
                done.put(job.id(), clock.instant());
            } else {
                stale.add(job.id());
            }
        }
        refreshRing();
        return stale;
    }

    @Override
    public synchronized Set<JobId> retry(Collection<Later> jobs) {
        return later(jobs, true);
    }

    @Override
    public synchronized Set<JobId> defer(Collection<Later> jobs) {
        return later(jobs, false);
    }

    private Set<JobId> later(Collection<Later> later, boolean charged) {
        Set<JobId> stale = new HashSet<>();
        for (Later each : later) {
            held(each.job())
                    .ifPresentOrElse(
                            own -> {
                                own.attempt += charged ? 1 : 0;
                                own.rescued &= !charged;
                                waitUntil(own, each.dueAt());
                            },
                            () -> stale.add(each.job().id()));
        }
        refreshRing();
        return stale;
    }

    @Override
    public synchronized void release(Collection<ClaimedJob> released) {
        for (ClaimedJob job : released) {
            held(job).ifPresent(own -> {
                own.state = State.READY;
            });
        }
        refreshRing();
    }

    @Override
    public synchronized Promotion promote(int max) {
        done.values().removeIf(at -> !at.isAfter(clock.instant().minus(DONE_RETENTION)));
        lanes.openDue();
        List<Job> due = in(State.DELAYED)
                .filter(job -> !job.until.isAfter(clock.instant()))
                .sorted(comparing((Job job) -> job.until)
                        .thenComparing(job -> job.added.id().value()))
                .limit(max)
                .toList();
        due.forEach(job -> waitUntil(job, null));
        refreshRing();
        Optional<Instant> next = Stream.concat(in(State.DELAYED).map(job -> job.until), lanes.openings())
                .min(Instant::compareTo);
        return new Promotion(due.size(), next.orElse(null));
    }

    @Override
    public synchronized int rescue(int max) {
        List<Job> ended = in(State.LEASED)
                .filter(job -> !job.until.isAfter(clock.instant()))
                .limit(max)
                .toList();
        for (Job job : ended) {
            job.state = State.READY;
            job.rescued = true;
            job.rescues++;
        }
        refreshRing();
        return ended.size();
    }

    @Override
    public synchronized void setConcurrencyCap(OrgId org, int cap) {
        caps.put(org, cap);
        refreshRing();
    }

    @Override
    public synchronized void setRateLimit(OrgId org, String key, @Nullable RateLimit limit) {
        lanes.limit(new Lane(org, key), limit);
        refreshRing();
    }

    @Override
    public synchronized void hold(OrgId org, String key, Instant until) {
        lanes.hold(new Lane(org, key), until);
    }

    @Override
    public Subscription onWake(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized QueueStats stats() {
        return new QueueStats(
                in(State.READY).count(),
                in(State.DELAYED).count(),
                in(State.LEASED).count(),
                ring.size());
    }

    private void waitUntil(Job job, @Nullable Instant dueAt) {
        if (dueAt != null && dueAt.isAfter(clock.instant())) {
            job.state = State.DELAYED;
            job.until = dueAt;
        } else {
            job.state = State.READY;
            job.place = ++places;
        }
    }

    private void refreshRing() {
        int before = ring.size();
        in(State.READY)
                .filter(job -> !lanes.closed(job.lane()))
                .map(Job::org)
                .distinct()
                .filter(org -> room(org) > 0)
                .forEach(org -> ring.computeIfAbsent(
                        org, ignored -> Math.max(virtualClock, virtualTimes.getOrDefault(org, 0L))));
        if (ring.size() > before) {
            listeners.forEach(Runnable::run);
        }
    }

    private int room(OrgId org) {
        long active = in(State.LEASED).filter(job -> job.org().equals(org)).count();
        return (int) (caps.getOrDefault(org, UNLIMITED) - active);
    }

    private Optional<Job> held(ClaimedJob claimed) {
        return Optional.ofNullable(jobs.get(claimed.id()))
                .filter(job -> job.state == State.LEASED && job.fence == claimed.fence());
    }

    private Stream<Job> in(State state) {
        return jobs.values().stream().filter(job -> job.state == state);
    }
}
