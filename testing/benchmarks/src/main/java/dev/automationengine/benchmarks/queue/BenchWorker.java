package dev.automationengine.benchmarks.queue;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A worker as worker-service is one: claims what it has room for, holds each job for a while, completes in batches. */
final class BenchWorker implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int BATCH = 100;

    private final JobQueue queue;
    private final String name;
    private final Duration jobTime;
    private final Consumer<ClaimedJob> onStart;
    private final Semaphore free;
    private final int slots;
    private final Semaphore nudges = new Semaphore(0);
    private final BlockingQueue<ClaimedJob> finished = new LinkedBlockingQueue<>();
    private final JobQueue.Subscription subscription;
    private final Thread claimer;
    private final Thread completer;
    private volatile boolean closing;

    BenchWorker(JobQueue queue, String name, int slots, Duration jobTime, Consumer<ClaimedJob> onStart) {
        this.queue = queue;
        this.name = name;
        this.jobTime = jobTime;
        this.onStart = onStart;
        this.slots = slots;
        this.free = new Semaphore(slots);
        this.subscription = queue.onWake(nudges::release);
        this.claimer = Thread.ofPlatform().name(name + "-claim").start(() -> repeat(this::claim));
        this.completer = Thread.ofPlatform().name(name + "-complete").start(() -> repeat(this::complete));
    }

    private void claim() throws InterruptedException {
        if (!free.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        int room = 1 + free.drainPermits();
        List<ClaimedJob> claimed = queue.claim(name, room, LEASE);
        free.release(room - claimed.size());
        for (ClaimedJob job : claimed) {
            onStart.accept(job);
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(jobTime.toNanos());
                finished.add(job);
            });
        }
        if (claimed.isEmpty() && nudges.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    private void complete() throws InterruptedException {
        List<ClaimedJob> batch = new ArrayList<>(List.of(finished.take()));
        finished.drainTo(batch, BATCH - 1);
        queue.complete(batch);
        free.release(batch.size());
    }

    private void repeat(Step step) {
        try {
            while (!closing || Thread.currentThread() != claimer) {
                step.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends when all jobs that were claimed are completed. */
    @Override
    public void close() {
        closing = true;
        try {
            claimer.join();
            free.acquire(slots);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // All slots are free again, so it waits for a job and does not speak with Redis.
        completer.interrupt();
        subscription.close();
    }

    /** One round of a loop. */
    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException;
    }
}
