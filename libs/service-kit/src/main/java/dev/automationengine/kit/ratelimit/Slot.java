package dev.automationengine.kit.ratelimit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A lease that one thread uses at a time. */
final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Lease lease;

    Slot(Lease lease) {
        this.lease = lease;
    }

    /** Null if the lease was in use for so long, or its use gave null. */
    @Nullable
    Verdict alone(Duration patience, Use use) {
        waiting.incrementAndGet();
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            try {
                return use.of(lease, waiting.get());
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** A call has passed without a permit. */
    void owe() {
        lease.owe();
    }

    /** What is known without waiting for anybody. */
    Optional<Verdict> refusal(long now) {
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return lease.refusal(now);
        } finally {
            lock.unlock();
        }
    }

    /** What is done with the lease. */
    interface Use {
        /**
         * Uses it.
         *
         * @param waiting how many calls want a permit now, this one among them
         */
        @Nullable
        Verdict of(Lease lease, int waiting);
    }
}
