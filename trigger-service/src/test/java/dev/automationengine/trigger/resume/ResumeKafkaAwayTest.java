package dev.automationengine.trigger.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.resume.ResumeTokens;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** An answer that is not durable is not acknowledged, neither to a machine nor to a person. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.kafka.bootstrap-servers=127.0.0.1:1", "engine.topics.publish-timeout=1s"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@DirtiesContext
class ResumeKafkaAwayTest {
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html"})
    void an_answer_is_refused_with_503_so_that_it_is_sent_again(
            String accept,
            @Autowired RestTestClient http,
            @Autowired InternalTokens internal,
            @Autowired ResumeTokens tokens,
            @Autowired MeterRegistry meters) {
        double before = unavailable(meters);
        http.post()
                .uri(new ResumeScene(tokens).approval("approved"))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + internal.mint("x", null, InternalTokens.SCOPE_WEBHOOK))
                .header(HttpHeaders.ACCEPT, accept)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "5");
        // The client itself tries once more.
        assertThat(unavailable(meters) - before).isPositive();
    }

    private static double unavailable(MeterRegistry meters) {
        return meters.counter(Links.RESUMES, "kind", "approval", "result", "unavailable")
                .count();
    }
}
