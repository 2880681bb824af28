package dev.automationengine.trigger.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundStartTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean known = new AtomicBoolean();
    private final AtomicInteger started = new AtomicInteger();
    private final InboundStart start = new InboundStart(
            () -> {
                asked.incrementAndGet();
                return known.get();
            },
            started::incrementAndGet);

    @AfterEach
    void stop() {
        start.stop();
    }

    @Test
    void raw_messages_are_not_read_before_all_subscriptions_are_known() {
        start.start();
        await().until(() -> asked.get() >= 3);
        assertThat(started).hasValue(0);

        known.set(true);

        await().untilAsserted(() -> assertThat(started).hasValue(1));
        assertThat(start.isRunning()).isTrue();
    }

    @Test
    void a_service_that_stops_before_it_was_ready_never_starts_to_read() {
        start.start();
        await().until(() -> asked.get() >= 1);

        start.stop();
        int before = asked.get();
        known.set(true);

        assertThat(start.isRunning()).isFalse();
        await().during(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(started).hasValue(0);
            assertThat(asked.get()).isLessThanOrEqualTo(before + 1);
        });
    }
}
