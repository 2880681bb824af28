package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What callers are told when a service does not answer. */
class ForwardingFailuresTest extends GatewayScene {
    @Autowired
    private MeterRegistry meters;

    @Test
    void a_service_that_is_away_gives_503_and_says_when_to_try_again() throws Exception {
        double before = failures("worker", "unreachable");
        HttpResponse<String> answer =
                send(authorized("/v1/credentials", newTenant("Acme").key()).GET());
        assertProblem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(failures("worker", "unreachable")).isEqualTo(before + 1);
    }

    @Test
    void a_service_that_hangs_gives_503() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        TRIGGER.answer(exchange -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        double before = failures("webhooks", "timeout");
        try {
            assertProblem(send(request("/webhooks/meta").GET()), 503, "unavailable");
        } finally {
            answered.countDown();
        }
        assertThat(failures("webhooks", "timeout")).isEqualTo(before + 1);
    }

    @Test
    void a_path_that_nobody_answers_gets_404() throws Exception {
        assertThat(send(authorized("/v1/nothing", newTenant("Acme").key()).GET())
                        .statusCode())
                .isEqualTo(404);
    }

    private double failures(String target, String kind) {
        return meters.counter("engine.gateway.forward.failed", "target", target, "kind", kind)
                .count();
    }
}
