package dev.automationengine.jobqueue;

import static dev.automationengine.jobqueue.Jobs.BIG;
import static dev.automationengine.jobqueue.Jobs.SMALL;
import static dev.automationengine.jobqueue.Jobs.id;
import static dev.automationengine.jobqueue.Jobs.job;
import static dev.automationengine.jobqueue.Jobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue promises. */
abstract class JobQueueContract implements RateLimitContract, FairnessContract {
    static final Duration LEASE = Duration.ofSeconds(30);

    final SettableClock clock = new SettableClock();
    JobQueue queue = new InMemoryJobQueue(clock);

    /** An empty queue with this many shards that keeps time by {@link #clock}. */
    abstract JobQueue emptyQueue(int shards);

    @BeforeEach
    void empty_the_queue() {
        queue = emptyQueue(4);
    }

    @Test
    void a_job_is_claimed_with_everything_that_was_said_about_it() {
        queue.enqueue(List.of(new NewJob(id("a"), BIG, 3, null, 2, 41, true, null, "{\"ü\":\"|,;\"}")));

        List<ClaimedJob> claimed = claim(10);

        assertThat(claimed).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(id("a"));
            assertThat(job.org()).isEqualTo(BIG);
            assertThat(job.attempt()).isEqualTo(2);
            assertThat(job.fence()).isGreaterThan(41);
            assertThat(job.rescued()).isTrue();
            assertThat(job.payload()).isEqualTo("{\"ü\":\"|,;\"}");
            assertThat(job.leaseUntil()).isEqualTo(clock.instant().plus(LEASE));
        });
        assertThat(claim(10)).isEmpty();
    }

    @Test
    void a_fence_starts_above_the_highest_one_that_is_known_even_if_the_clock_is_behind_it() {
        long known = clock.millis() + 1_000_000;
        queue.enqueue(List.of(new NewJob(id("a"), BIG, 5, null, 1, known, false, null, "")));

        assertThat(claimOne().fence()).isGreaterThan(known);
    }

    @Test
    void nothing_is_claimed_without_room_for_it() {
        queue.enqueue(jobs(BIG, "a", 3));

        assertThat(claim(0)).isEmpty();
        assertThat(claim(-1)).isEmpty();
        assertThat(claim(2)).hasSize(2);
    }

    @Test
    void many_jobs_of_many_organizations_are_each_claimed_once() {
        List<NewJob> all = IntStream.range(0, 1300)
                .mapToObj(i -> job(new OrgId("org_" + i % 37), "j" + i))
                .toList();
        assertThat(queue.enqueue(all)).isEqualTo(1300);

        List<ClaimedJob> claimed = new ArrayList<>();
        for (List<ClaimedJob> some = claim(200); !some.isEmpty(); some = claim(200)) {
            claimed.addAll(some);
        }

        assertThat(claimed).hasSize(1300).extracting(ClaimedJob::id).doesNotHaveDuplicates();
        assertThat(queue.renew(claimed, LEASE)).isEmpty();
        assertThat(queue.complete(claimed)).isEmpty();
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 0, 0, 0));
    }

    @Test
    void an_id_that_is_ready_delayed_leased_or_just_completed_is_not_queued_again() {
        NewJob ready = job(BIG, "ready", NewJob.LAST, null);
        NewJob delayed = job(BIG, "delayed", 5, clock.instant().plusSeconds(60));
        NewJob leased = job(BIG, "leased");
        NewJob completed = job(BIG, "completed", NewJob.FIRST, null);
        queue.enqueue(List.of(ready, delayed, leased, completed));
        queue.complete(claim(1));
        claim(1);
        List<NewJob> again = List.of(
                ready,
                delayed,
                leased,
                completed,
                job(BIG, "delayed", 5, null),
                job(BIG, "ready", 0, clock.instant().plusSeconds(5)));

        assertThat(queue.enqueue(again)).isZero();

        assertThat(queue.stats()).isEqualTo(new QueueStats(1, 1, 1, 1));
        assertThat(queue.enqueue(List.of(job(BIG, "new"), job(BIG, "new")))).isEqualTo(1);
    }

    @Test
    void a_completed_id_is_forgotten_after_five_minutes() {
        queue.enqueue(List.of(job(BIG, "a")));
        queue.complete(claim(1));

        clock.advance(Duration.ofMinutes(4));
        queue.promote(100);
        assertThat(queue.enqueue(List.of(job(BIG, "a")))).isZero();

        clock.advance(Duration.ofMinutes(1));
        queue.promote(100);
        assertThat(queue.enqueue(List.of(job(BIG, "a")))).isEqualTo(1);
    }

    @Override
    public JobQueue queue() {
        return queue;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public void useOneShard() {
        queue = emptyQueue(1);
    }

    @Test
    void an_organization_with_few_jobs_does_not_wait_behind_one_with_many() {
        queue = emptyQueue(1);
        queue.enqueue(jobs(BIG, "big", 1000));
        queue.enqueue(jobs(SMALL, "small", 10));

        assertThat(perOrganization(claim(20))).containsOnly(entry(BIG, 10L), entry(SMALL, 10L));
        assertThat(perOrganization(claim(20))).containsOnly(entry(BIG, 20L));
    }

    @Test
    void an_organization_that_comes_late_gets_its_share_and_no_more() {
        queue = emptyQueue(1);
        queue.enqueue(jobs(BIG, "big", 300));
        claim(100);
        queue.enqueue(jobs(SMALL, "small", 300));

        assertThat(perOrganization(claim(100)).get(SMALL)).isBetween(45L, 55L);
    }

    @Test
    void an_organization_that_queues_one_job_at_a_time_is_not_served_more_often_than_others() {
        queue = emptyQueue(1);
        queue.enqueue(jobs(BIG, "big", 100));
        int small = 0;
        for (int i = 0; i < 40; i++) {
            queue.enqueue(List.of(job(SMALL, "small" + i)));
            small += perOrganization(claim(1)).getOrDefault(SMALL, 0L).intValue();
        }

        assertThat(small).isBetween(15, 25);
    }

    @Test
    void the_lower_priority_number_goes_first_and_then_the_older_job() {
        queue.enqueue(List.of(
                job(BIG, "late", 9, null),
                job(BIG, "second", 5, null),
                job(BIG, "third", 5, null),
                job(BIG, "first", 0, null)));

        assertThat(claim(4))
                .extracting(ClaimedJob::id)
                .containsExactly(id("first"), id("second"), id("third"), id("late"));
    }

    @Test
    void only_the_holder_can_complete_and_only_once() {
        ClaimedJob job = queuedAndClaimed("a");
        ClaimedJob forged = withFence(job, job.fence() - 1);

        assertThat(queue.complete(List.of(forged))).containsExactly(job.id());
        assertThat(queue.stats().leased()).isEqualTo(1);
        assertThat(queue.complete(List.of(job))).isEmpty();
        assertThat(queue.complete(List.of(job))).containsExactly(job.id());
        assertThat(queue.stats().leased()).isZero();
    }

    @Test
    void a_holder_that_wakes_up_after_its_rescue_is_refused_everything() {
        ClaimedJob zombie = queuedAndClaimed("a");
        clock.advance(LEASE);
        assertThat(queue.rescue(100)).isEqualTo(1);

        assertThatIsRefused(zombie);
        assertThat(queue.stats()).isEqualTo(new QueueStats(1, 0, 0, 1));

        ClaimedJob successor = claimOne();
        assertThatIsRefused(zombie);
        assertThat(queue.complete(List.of(successor))).isEmpty();
    }

    @Test
    void what_was_released_or_sent_to_retry_is_not_the_holders_any_more() {
        ClaimedJob released = queuedAndClaimed("a");
        queue.release(List.of(released));
        assertThatIsRefused(released);

        ClaimedJob retried = claimOne();
        retry(retried, clock.instant().plusSeconds(5));
        assertThatIsRefused(retried);
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 1, 0, 0));
    }

    @Test
    void a_renewed_lease_is_not_rescued() {
        ClaimedJob renewed = queuedAndClaimed("a");
        ClaimedJob silent = queuedAndClaimed("b");
        clock.advance(Duration.ofSeconds(20));
        assertThat(queue.renew(List.of(renewed), LEASE)).isEmpty();
        clock.advance(Duration.ofSeconds(10));

        assertThat(queue.rescue(100)).isEqualTo(1);

        assertThat(queue.renew(List.of(renewed, silent), LEASE)).containsExactly(silent);
        assertThat(claimOne().id()).isEqualTo(silent.id());
    }

    @Test
    void a_worker_that_lost_a_job_and_claimed_it_again_loses_only_the_old_holding() {
        ClaimedJob old = queuedAndClaimed("a");
        clock.advance(LEASE);
        queue.rescue(100);
        ClaimedJob current = claimOne();

        assertThat(queue.renew(List.of(old, current), LEASE)).containsExactly(old);
    }

    @Test
    void a_lease_is_not_rescued_before_its_end() {
        queuedAndClaimed("a");
        clock.advance(LEASE.minusMillis(1));

        assertThat(queue.rescue(100)).isZero();
    }

    @Test
    void a_rescued_job_says_so_until_its_attempt_ends() {
        ClaimedJob first = queuedAndClaimed("a");
        assertThat(first.rescued()).isFalse();
        clock.advance(LEASE);
        queue.rescue(100);

        ClaimedJob second = claimOne();
        assertThat(second.rescued()).isTrue();
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.fence()).isGreaterThan(first.fence() + 1);
        queue.release(List.of(second));

        ClaimedJob third = claimOne();
        assertThat(third.rescued())
                .as("nobody found out what the first holder did")
                .isTrue();
        retry(third, clock.instant());

        ClaimedJob fourth = claimOne();
        assertThat(fourth.rescued()).isFalse();
        assertThat(fourth.attempt()).isEqualTo(2);
    }

    @Test
    void released_jobs_keep_their_places_and_their_attempts() {
        queue.enqueue(jobs(BIG, "a", 3));
        List<ClaimedJob> held = claim(2);
        queue.enqueue(jobs(BIG, "b", 1));

        queue.release(held);

        assertThat(claim(10)).extracting(ClaimedJob::id).containsExactly(id("a0"), id("a1"), id("a2"), id("b0"));
        assertThat(held).extracting(ClaimedJob::attempt).containsOnly(1);
    }

    @Test
    void a_retry_waits_for_its_time_and_is_the_next_attempt() {
        ClaimedJob job = queuedAndClaimed("a");
        Instant due = clock.instant().plusSeconds(10);
        assertThat(retry(job, due)).isEmpty();

        assertThat(claim(1)).isEmpty();
        assertThat(queue.promote(100)).isEqualTo(new Promotion(0, due));
        clock.advance(Duration.ofSeconds(10));
        assertThat(queue.promote(100)).isEqualTo(new Promotion(1, null));

        ClaimedJob next = claimOne();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.fence()).isGreaterThan(job.fence());
        assertThat(next.payload()).isEqualTo(job.payload());
    }

    @Test
    void a_retry_that_is_due_is_ready_at_once() {
        ClaimedJob job = queuedAndClaimed("a");

        retry(job, clock.instant());

        assertThat(claimOne().attempt()).isEqualTo(2);
    }

    @Test
    void a_deferred_job_waits_and_no_attempt_is_charged_nor_doubt_forgotten() {
        queuedAndClaimed("a");
        clock.advance(LEASE);
        queue.rescue(100);
        ClaimedJob job = claimOne();
        Instant due = clock.instant().plusSeconds(10);

        assertThat(queue.defer(List.of(new Later(job, due)))).isEmpty();

        assertThatIsRefused(job);
        assertThat(claim(1)).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(queue.promote(100)).isEqualTo(new Promotion(1, null));
        ClaimedJob next = claimOne();
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.rescued()).isTrue();
        assertThat(next.fence()).isGreaterThan(job.fence());
    }

    @Test
    void rescues_are_counted_over_all_attempts() {
        ClaimedJob job = queuedAndClaimed("a");
        assertThat(job.rescues()).isZero();
        for (int rescues = 1; rescues <= 3; rescues++) {
            clock.advance(LEASE);
            queue.rescue(100);
            job = claimOne();
            assertThat(job.rescues()).isEqualTo(rescues);
            retry(job, clock.instant());
            job = claimOne();
            assertThat(job.rescues()).isEqualTo(rescues);
            assertThat(job.rescued()).isFalse();
        }
    }

    @Test
    void several_jobs_are_given_up_until_later_in_one_call() {
        queue.enqueue(jobs(BIG, "big", 3));
        queue.enqueue(jobs(SMALL, "small", 3));
        List<ClaimedJob> held = claim(6);
        ClaimedJob stale = withFence(held.getFirst(), 1);
        List<Later> later = Stream.concat(Stream.of(stale), held.stream().skip(1))
                .map(job -> new Later(job, clock.instant().plusSeconds(9)))
                .toList();

        assertThat(queue.retry(later)).containsExactly(stale.id());

        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 5, 1, 0));
    }

    @Test
    void delayed_jobs_become_ready_in_the_order_in_which_they_are_due() {
        Instant now = clock.instant();
        queue.enqueue(List.of(
                job(BIG, "third", 5, now.plusSeconds(3)),
                job(BIG, "first", 5, now.plusSeconds(1)),
                job(BIG, "later", 5, now.plusSeconds(9)),
                job(BIG, "second", 5, now.plusSeconds(2))));
        clock.advance(Duration.ofSeconds(5));

        assertThat(queue.promote(2)).isEqualTo(new Promotion(2, now.plusSeconds(3)));
        assertThat(queue.promote(2)).isEqualTo(new Promotion(1, now.plusSeconds(9)));
        assertThat(claim(10)).extracting(ClaimedJob::id).containsExactly(id("first"), id("second"), id("third"));
    }

    @Test
    void an_organization_never_has_more_leased_than_its_cap() {
        queue = emptyQueue(1);
        queue.setConcurrencyCap(BIG, 3);
        queue.enqueue(jobs(BIG, "big", 10));
        queue.enqueue(jobs(SMALL, "small", 4));

        List<ClaimedJob> held = claim(100);
        assertThat(perOrganization(held)).containsOnly(entry(BIG, 3L), entry(SMALL, 4L));
        assertThat(claim(100)).isEmpty();

        List<ClaimedJob> ofBig =
                held.stream().filter(job -> job.org().equals(BIG)).toList();
        queue.complete(ofBig.subList(0, 1));
        retry(ofBig.get(1), clock.instant().plusSeconds(60));
        assertThat(claim(100)).as("a completion and a retry each make room").hasSize(2);
        queue.release(ofBig.subList(2, 3));
        assertThat(claim(100)).as("what was given back is claimed again").hasSize(1);
        clock.advance(LEASE);
        assertThat(queue.rescue(100)).isEqualTo(7);
        assertThat(perOrganization(claim(100))).containsOnly(entry(BIG, 3L), entry(SMALL, 4L));
    }

    @Test
    void a_cap_can_stop_an_organization_and_be_lifted() {
        queue.setConcurrencyCap(BIG, 0);
        queue.enqueue(jobs(BIG, "a", 7));
        assertThat(claim(100)).isEmpty();

        queue.setConcurrencyCap(BIG, 2);
        assertThat(claim(100)).hasSize(2);

        queue.setConcurrencyCap(BIG, JobQueue.UNLIMITED);
        assertThat(claim(100)).hasSize(5);
    }

    @Test
    void a_cap_below_what_is_leased_waits_until_enough_is_given_back() {
        queue.enqueue(jobs(BIG, "a", 10));
        List<ClaimedJob> held = claim(6);
        queue.setConcurrencyCap(BIG, 2);

        assertThat(claim(100)).isEmpty();
        queue.complete(held.subList(0, 4));
        assertThat(claim(100)).isEmpty();
        queue.complete(held.subList(4, 5));
        assertThat(claim(100)).hasSize(1);
    }

    @Test
    void whatever_makes_a_job_ready_wakes_idle_workers() {
        AtomicInteger wakes = new AtomicInteger();
        try (JobQueue.Subscription subscription = queue.onWake(wakes::incrementAndGet)) {
            settle(wakes);
            assertThat(subscription).isNotNull();

            wakesOn(wakes, () -> queue.enqueue(List.of(job(BIG, "a"))));
            wakesOn(wakes, () -> queue.release(claim(1)));
            wakesOn(wakes, () -> retry(claimOne(), clock.instant()));
            retry(claimOne(), clock.instant().plusSeconds(1));
            clock.advance(LEASE);
            wakesOn(wakes, () -> queue.promote(10));
            claimOne();
            clock.advance(LEASE);
            wakesOn(wakes, () -> queue.rescue(10));
            queue.setConcurrencyCap(BIG, 1);
            ClaimedJob held = claimOne();
            queue.enqueue(List.of(job(BIG, "b")));
            wakesOn(wakes, () -> queue.complete(List.of(held)));
        }
    }

    @Test
    void a_listener_that_was_closed_hears_nothing() {
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        JobQueue.Subscription subscription = queue.onWake(closed::incrementAndGet);
        queue.onWake(open::incrementAndGet);
        settle(open);
        subscription.close();
        int before = closed.get();

        wakesOn(open, () -> queue.enqueue(List.of(job(BIG, "a"))));

        assertThat(closed).hasValue(before);
    }

    /** Waits until the subscription is in place; a queue that needs none has nothing to wait for. */
    void settle(AtomicInteger wakes) {
        assertThat(wakes).hasValueGreaterThanOrEqualTo(0);
    }

    List<ClaimedJob> claim(int max) {
        return queue.claim("worker-1", max, LEASE);
    }

    Set<JobId> retry(ClaimedJob job, Instant dueAt) {
        return queue.retry(List.of(new Later(job, dueAt)));
    }

    ClaimedJob claimOne() {
        List<ClaimedJob> claimed = claim(1);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    ClaimedJob queuedAndClaimed(String name) {
        queue.enqueue(List.of(job(BIG, name)));
        return claimOne();
    }

    private static void wakesOn(AtomicInteger wakes, Runnable action) {
        int before = wakes.get();
        action.run();
        await().pollInterval(Duration.ofMillis(5)).until(() -> wakes.get() > before);
    }

    private void assertThatIsRefused(ClaimedJob job) {
        QueueStats before = queue.stats();
        assertThat(queue.complete(List.of(job))).containsExactly(job.id());
        assertThat(queue.renew(List.of(job), LEASE)).containsExactly(job);
        assertThat(retry(job, clock.instant())).containsExactly(job.id());
        queue.release(List.of(job));
        assertThat(queue.stats()).isEqualTo(before);
    }

    static ClaimedJob withFence(ClaimedJob job, long fence) {
        return new ClaimedJob(
                job.id(),
                job.org(),
                fence,
                job.attempt(),
                job.rescued(),
                job.rescues(),
                job.limitKey(),
                job.payload(),
                job.leaseUntil());
    }

    private static Map<OrgId, Long> perOrganization(List<ClaimedJob> jobs) {
        Set<ClaimedJob> distinct = new HashSet<>(jobs);
        return distinct.stream().collect(Collectors.groupingBy(ClaimedJob::org, Collectors.counting()));
    }
}
