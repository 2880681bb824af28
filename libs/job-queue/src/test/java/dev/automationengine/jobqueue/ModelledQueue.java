package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.ModelLimits.Lane;
import dev.automationengine.jobqueue.QueueModel.Known;
import dev.automationengine.jobqueue.QueueModel.Place;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queue and the model of it: every call goes to both, and every answer is judged by the model. */
final class ModelledQueue {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int MANY = 1000;

    private final JobQueue queue;
    private final SettableClock clock;
    private final Runnable wipe;
    private final QueueModel model = new QueueModel();
    private final ModelLimits limits = new ModelLimits();
    private final Map<JobId, Long> fences = new HashMap<>();
    private final List<ClaimedJob> known = new ArrayList<>();

    ModelledQueue(JobQueue queue, SettableClock clock, Runnable wipe) {
        this.queue = queue;
        this.clock = clock;
        this.wipe = wipe;
    }

    void enqueue(List<NewJob> jobs) {
        assertThat(queue.enqueue(jobs)).isEqualTo(model.enqueue(jobs, now()));
    }

    void claim(int max) {
        known.addAll(claimed(max));
    }

    /** Redis leases the jobs, and nobody hears of it. */
    void claimWithLostAnswer(int max) {
        claimed(max);
    }

    private List<ClaimedJob> claimed(int max) {
        List<ClaimedJob> claimed = queue.claim("w", max, LEASE);
        assertThat(claimed).hasSizeLessThanOrEqualTo(max);
        claimed.forEach(this::accept);
        if (claimed.size() < max) {
            assertThat(model.in(Place.Ready.class))
                    .as("a claim that has room leaves only what is kept back")
                    .noneMatch(job -> limits.free(job, model.leased(job.org())));
        }
        return claimed;
    }

    private void accept(ClaimedJob job) {
        Known expected = model.claimable(job.id());
        assertThat(expected).as("%s is ready, and held by nobody", job.id()).isNotNull();
        assertThat(job.attempt()).isEqualTo(expected.attempt());
        assertThat(job.rescued()).isEqualTo(expected.rescued());
        assertThat(job.rescues()).isEqualTo(expected.rescues());
        assertThat(job.limitKey()).isEqualTo(expected.job().limitKey());
        assertThat(job.payload()).isEqualTo(expected.job().payload());
        Long before = fences.put(job.id(), job.fence());
        assertThat(job.fence()).as("fence of %s", job.id()).isGreaterThan(before == null ? 0 : before);
        model.claimed(job);
        limits.claimed(job, model.leased(job.org()), now());
    }

    void renew(List<Integer> picks) {
        List<ClaimedJob> jobs = pick(picks);
        assertThat(queue.renew(jobs, LEASE)).isEqualTo(model.renew(jobs, now().plus(LEASE)));
    }

    void complete(List<Integer> picks) {
        List<ClaimedJob> jobs = pick(picks);
        assertThat(queue.complete(jobs)).isEqualTo(model.complete(jobs, now()));
    }

    /** Who does not hear whether it was done does it again, and is told that it is not the holder. */
    void completeWithLostAnswer(List<Integer> picks) {
        List<ClaimedJob> jobs = pick(picks);
        queue.complete(jobs);
        model.complete(jobs, now());
        complete(picks);
    }

    void later(List<Integer> picks, int seconds, boolean charged) {
        List<Later> jobs = pick(picks).stream()
                .map(job -> new Later(job, now().plusSeconds(seconds)))
                .toList();
        Set<JobId> stale = charged ? queue.retry(jobs) : queue.defer(jobs);
        assertThat(stale).isEqualTo(model.later(jobs, charged, now()));
    }

    void release(List<Integer> picks) {
        List<ClaimedJob> jobs = pick(picks);
        queue.release(jobs);
        model.release(jobs);
    }

    /** Workers that vanish tell nobody anything any more. */
    void vanish() {
        known.clear();
    }

    void advance(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    void promote() {
        limits.promote(now());
        assertThat(queue.promote(MANY).promoted()).isEqualTo(model.promote(now()));
    }

    void rescue() {
        assertThat(queue.rescue(MANY)).isEqualTo(model.rescue(now()));
    }

    void cap(OrgId org, int cap) {
        queue.setConcurrencyCap(org, cap);
        limits.cap(org, cap);
    }

    void limit(OrgId org, String key, @Nullable RateLimit limit) {
        queue.setRateLimit(org, key, limit);
        limits.limit(new Lane(org, key), limit);
    }

    void hold(OrgId org, String key, int seconds) {
        Instant until = now().plusSeconds(seconds);
        queue.hold(org, key, until);
        limits.hold(new Lane(org, key), until, now());
    }

    /** Redis loses everything, and the jobs are queued again by what MongoDB knows. */
    void wipeAndRebuild() {
        wipe.run();
        // A Redis is not back in the same moment; that is what keeps the fences of jobs growing that it knows no more.
        advance(1);
        limits.forget();
        enqueue(model.rebuild());
    }

    void countsAreEqual() {
        QueueStats stats = queue.stats();
        assertThat(List.of(stats.ready(), stats.delayed(), stats.leased()))
                .containsExactly(
                        model.in(Place.Ready.class).count(),
                        model.in(Place.Delayed.class).count(),
                        model.in(Place.Leased.class).count());
    }

    /** In the end every job that was ever taken in is done, whatever happened to it. */
    void drain(Iterable<OrgId> organizations, Iterable<String> keys) {
        for (OrgId org : organizations) {
            cap(org, JobQueue.UNLIMITED);
            keys.forEach(key -> limit(org, key, null));
        }
        advance((int) Duration.ofHours(1).toSeconds());
        promote();
        rescue();
        while (model.size() > 0) {
            List<ClaimedJob> all = claimed(MANY);
            assertThat(all).as("%d jobs are left", model.size()).isNotEmpty();
            assertThat(queue.complete(all))
                    .isEqualTo(model.complete(all, now()))
                    .isEmpty();
        }
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 0, 0, 0));
        advance((int) Duration.ofHours(1).toSeconds());
        promote();
    }

    /** Some of the latest holdings, gone ones among them, each once. */
    private List<ClaimedJob> pick(List<Integer> picks) {
        return known.isEmpty()
                ? List.of()
                : picks.stream()
                        .map(pick -> known.get(known.size() - 1 - pick % known.size()))
                        .distinct()
                        .toList();
    }

    private Instant now() {
        return clock.instant();
    }
}
