package dev.automationengine.localstack.load;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Starts calls at a constant rate, whether earlier ones have ended or not. A caller that waits for answers would send less
 * when the system is slow, and so leave out the very calls that were slow (coordinated omission).
 *
 * @param rate calls per second
 * @param duration how long
 */
public record OpenLoop(double rate, Duration duration) {
    private static final double NANOS = 1e9;

    /** Number of calls in all. */
    public int calls() {
        return (int) Math.round(rate * duration.toNanos() / NANOS);
    }

    /** When a call has to start, in nanoseconds since the first. */
    public long startOf(int call) {
        return Math.round(call * NANOS / rate);
    }

    /** Makes all calls, each on a thread of its own, and returns when the last has ended. */
    public void run(IntConsumer call) {
        run(call, number -> true);
    }

    /**
     * As {@link #run(IntConsumer)}, until it is told to end.
     *
     * @param goOn is asked with the number of each call when its time has come
     */
    public void run(IntConsumer call, IntPredicate goOn) {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls(); i++) {
                int number = i;
                for (long rest = begin + startOf(i) - System.nanoTime(); rest > 0; ) {
                    LockSupport.parkNanos(rest);
                    rest = begin + startOf(i) - System.nanoTime();
                }
                if (!goOn.test(number)) {
                    return;
                }
                threads.execute(() -> call.accept(number));
            }
        }
    }
}
