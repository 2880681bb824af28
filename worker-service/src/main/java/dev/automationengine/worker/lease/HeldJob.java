package dev.automationengine.worker.lease;

import dev.automationengine.jobqueue.ClaimedJob;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A job in this worker's hands, from claim to reported outcome. Thread-safe. */
public final class HeldJob {
    private final ClaimedJob job;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread attempt;
    private boolean lost;
    private boolean inDoubt;

    HeldJob(ClaimedJob job) {
        this.job = job;
    }

    /** The job. */
    public ClaimedJob job() {
        return job;
    }

    /** Says which thread makes the attempt: it is interrupted when the job is lost. */
    public void attemptBy(Thread thread) {
        locked(() -> {
            attempt = thread;
            if (lost) {
                thread.interrupt();
            }
        });
    }

    /** Says that the attempt's thread does no more for this job. */
    public void attemptEnded() {
        locked(() -> attempt = null);
    }

    /**
     * Says that something is about to be done that must not be repeated: from now on the job is not given back, it is
     * reported or rescued.
     */
    public void beginUnrepeatable() {
        locked(() -> inDoubt = true);
    }

    /** Whether somebody else may have the job by now: its outcome must not be reported. */
    public boolean lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it may be given back to the queue as if it had not been touched. */
    boolean untouched() {
        lock.lock();
        try {
            return !inDoubt && !lost;
        } finally {
            lock.unlock();
        }
    }

    /** Marks the job as lost and ends its attempt. */
    void lose() {
        locked(() -> {
            lost = true;
            if (attempt != null) {
                attempt.interrupt();
            }
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
