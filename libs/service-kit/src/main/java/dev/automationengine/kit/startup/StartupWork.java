package dev.automationengine.kit.startup;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does something once after the start, in the background, again and again until it succeeds. */
public final class StartupWork implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StartupWork.class);
    private static final long RETRY_MILLIS = 2_000;

    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    /**
     * Work to be done.
     *
     * @param name what is done, for the log
     * @param work throws if it cannot be done yet; doing it twice must be harmless
     */
    public StartupWork(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public void start() {
        // In the background: a service must come up, and say what it lacks, while its servers are away.
        thread = Thread.ofVirtual().name(name).start(this::tryUntilDone);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** First of all, so that listeners find what is made here if it can be made at once. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void tryUntilDone() {
        try {
            while (!done()) {
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean done() {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            log.warn("Not done yet, tried again: {} ({})", name, e.getMessage());
            return false;
        }
    }
}
