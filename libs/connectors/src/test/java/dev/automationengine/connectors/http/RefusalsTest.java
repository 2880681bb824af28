package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator sees of a call that was refused; and which answers are kept. */
@ExtendWith(OutputCaptureExtension.class)
class RefusalsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void a_refusal_is_counted_and_logged_by_connection_and_host_without_what_may_be_secret(CapturedOutput output) {
        URI url = URI.create("http://10.0.0.1/path-s3cret?key=s3cret");
        try (OutboundHttp http = new OutboundHttp(OutboundSettings.of(), meters)) {
            http.send(
                    new OutboundRequest("GET", url, Map.of("X-Key", "s3cret"), null, Duration.ofSeconds(5)),
                    "org_1/cred_1");
        }
        assertThat(meters.timer("engine.outbound.calls", "outcome", "blocked").count())
                .isEqualTo(1);
        assertThat(output)
                .containsOnlyOnce("A call to 10.0.0.1 is refused (BLOCKED)")
                .contains("org_1/cred_1")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "'Application/JSON; charset=utf-8', true",
        "application/problem+json, true",
        "text/html, true",
        "application/soap+xml, true",
        "'', true",
        "image/png, false",
        "application/octet-stream, false",
        "application/zip, false",
        "application/jsonx, false"
    })
    void a_body_is_kept_if_it_is_of_a_type_that_a_workflow_can_read(String type, boolean kept) {
        String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 5\r\n\r\nhello");
                OutboundHttp http = new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.1"), meters)) {
            for (int i = 0; i < 2; i++) {
                Exchange.Answered answered = (Exchange.Answered) http.send(
                        new OutboundRequest("GET", URI.create(server.url("/")), Map.of(), null, Duration.ofSeconds(5)));
                assertThat(answered.bodyDropped()).isEqualTo(!kept);
                assertThat(answered.body()).hasSize(kept ? 5 : 0);
            }
            assertThat(server.connections())
                    .as("the connection is kept in any case")
                    .isEqualTo(1);
        }
    }
}
