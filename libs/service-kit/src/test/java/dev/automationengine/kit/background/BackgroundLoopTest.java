package dev.automationengine.kit.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundLoopTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Rounds rounds = new Rounds();
    private final BackgroundLoop loop = new BackgroundLoop(rounds, meters);

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void it_goes_on_after_an_outage_and_tells_of_it_once(CapturedOutput output) {
        rounds.broken.set(true);
        loop.start();
        await().untilAsserted(() -> assertThat(failures()).isGreaterThanOrEqualTo(2));
        rounds.broken.set(false);
        await().untilAsserted(() -> assertThat(rounds.done).hasValueGreaterThanOrEqualTo(2));
        assertThat(output.getOut()).containsOnlyOnce("test failed").containsOnlyOnce("test works again");
    }

    @Test
    void it_runs_no_round_once_stopped() {
        loop.start();
        await().until(() -> rounds.done.get() > 0);
        loop.stop();
        int after = rounds.done.get();
        assertThat(loop.isRunning()).isFalse();
        assertThat(rounds.done).hasValue(after);
    }

    @Test
    void a_rest_ends_when_it_is_stopped() {
        rounds.rest = Duration.ofHours(1);
        loop.start();
        await().until(() -> rounds.done.get() == 1);
        long before = System.nanoTime();
        loop.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void it_can_be_started_again() {
        loop.start();
        await().until(() -> rounds.done.get() > 0);
        loop.stop();
        int before = rounds.done.get();
        loop.start();
        await().until(() -> rounds.done.get() > before);
    }

    @Test
    void a_round_that_hangs_is_interrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        BackgroundLoop hung = new BackgroundLoop(
                new BackgroundService() {
                    @Override
                    public String name() {
                        return "hung";
                    }

                    @Override
                    public Duration round() {
                        hanging.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return Duration.ZERO;
                    }
                },
                meters);
        hung.start();
        hanging.await();
        hung.stop();
        interrupted.await();
        assertThat(hung.isRunning()).isFalse();
    }

    private double failures() {
        return meters.get("engine.background.failures")
                .tag("service", "test")
                .counter()
                .count();
    }

    private static final class Rounds implements BackgroundService {
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicInteger done = new AtomicInteger();
        private volatile Duration rest = Duration.ofMillis(1);

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Duration round() {
            if (broken.get()) {
                throw new IllegalStateException("Redis is away");
            }
            done.incrementAndGet();
            return rest;
        }
    }
}
