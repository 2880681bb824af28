package dev.automationengine.logging.privacy;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for requests that have to go on, from time to time. */
@Component
class SubjectSweep implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SubjectSweep.class);

    private final SubjectRequests requests;
    private final PrivacyProperties properties;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    SubjectSweep(SubjectRequests requests, PrivacyProperties properties) {
        this.requests = requests;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("subject-sweep").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                requests.sweep();
            } catch (RuntimeException e) {
                log.warn("Requests about people could not be carried on yet: {}", e.getMessage());
            }
            LockSupport.parkNanos(properties.sweepInterval().toNanos());
        }
    }
}
