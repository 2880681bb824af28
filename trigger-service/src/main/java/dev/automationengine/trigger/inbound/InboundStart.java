package dev.automationengine.trigger.inbound;

import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.trigger.failure.FailureListener;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Starts the reading of raw messages and of failures once all subscriptions are known. Read earlier, what waited in Kafka
 * while the service was down would meet an empty table of subscriptions, and all of it would be nobody's.
 */
@Component
class InboundStart implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(InboundStart.class);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final BooleanSupplier subscriptionsKnown;
    private final Runnable startReading;
    private volatile @Nullable Thread thread;

    @Autowired
    InboundStart(CatchUp catchUp, KafkaListenerEndpointRegistry listeners) {
        this(
                catchUp::isDone,
                () -> List.of(InboundListener.ID, FailureListener.ID).forEach(id -> start(id, listeners)));
    }

    InboundStart(BooleanSupplier subscriptionsKnown, Runnable startReading) {
        this.subscriptionsKnown = subscriptionsKnown;
        this.startReading = startReading;
    }

    @Override
    public void start() {
        // In the background: the service takes webhooks before, as they only have to be stored.
        thread = Thread.ofVirtual().name("inbound-start").start(this::startWhenKnown);
    }

    @Override
    public void stop() {
        Thread waiting = thread;
        if (waiting != null) {
            waiting.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Last to start and first to stop: the container, which it starts, is stopped by Spring afterwards. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void startWhenKnown() {
        try {
            while (!subscriptionsKnown.getAsBoolean()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        startReading.run();
        log.info("All subscriptions are known: raw messages and failures are read");
    }

    private static void start(String id, KafkaListenerEndpointRegistry listeners) {
        MessageListenerContainer container = listeners.getListenerContainer(id);
        if (container == null) {
            throw new IllegalStateException("there is no listener " + id);
        }
        container.start();
    }
}
