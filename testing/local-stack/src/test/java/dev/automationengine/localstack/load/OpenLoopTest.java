package dev.automationengine.localstack.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void calls_are_evenly_spread() {
        OpenLoop loop = new OpenLoop(4, Duration.ofSeconds(3));
        assertThat(loop.calls()).isEqualTo(12);
        assertThat(loop.startOf(0)).isZero();
        assertThat(loop.startOf(6)).isEqualTo(1_500_000_000L);
    }

    @Test
    void a_call_that_takes_long_holds_up_no_other() {
        CountDownLatch others = new CountDownLatch(9);
        Set<Integer> made = ConcurrentHashMap.newKeySet();
        new OpenLoop(1000, Duration.ofMillis(10)).run(call -> {
            if (call == 0) {
                awaitUninterruptibly(others);
            } else {
                others.countDown();
            }
            made.add(call);
        });
        assertThat(made).hasSize(10);
    }

    @Test
    void ends_when_it_is_told_to() {
        Set<Integer> made = ConcurrentHashMap.newKeySet();
        new OpenLoop(1000, Duration.ofHours(1)).run(made::add, call -> call < 5);
        assertThat(made).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
