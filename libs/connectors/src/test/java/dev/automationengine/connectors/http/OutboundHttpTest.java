package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.http.Exchange.Reason;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final String LOCAL = "127.0.0.0/8";

    private final OutboundHttp http = client(LOCAL, SystemDefaultDnsResolver.INSTANCE);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    @Test
    void an_answer_comes_back_with_status_headers_and_body() {
        Exchange exchange = http.send(get("/echo/hello", Map.of("X-Test", "1")));
        Exchange.Answered answered = (Exchange.Answered) exchange;
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.headers().get("content-type")).contains("application/json");
        assertThat(new String(answered.body(), StandardCharsets.UTF_8)).contains("/echo/hello");
    }

    @Test
    void a_redirect_is_an_answer_unless_the_request_says_to_follow() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(302, Map.of("Location", "/echo/secret"), ""));
        assertThat(((Exchange.Answered) http.send(get("/echo/x", Map.of()))).status())
                .isEqualTo(302);
        assertThat(SIMULATOR.requests().count(Vendor.ECHO)).isEqualTo(1);
    }

    @Test
    void a_late_answer_is_a_timeout_whose_outcome_is_unknown() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.slow(Duration.ofSeconds(5)));
        URI url = URI.create(SIMULATOR.url() + "/echo/x");
        Exchange.Unanswered late = (Exchange.Unanswered)
                http.send(new OutboundRequest("GET", url, Map.of(), null, Duration.ofMillis(200)));
        assertThat(late.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(late.sent()).isTrue();
    }

    @Test
    void an_interrupt_ends_a_call_at_once() throws InterruptedException {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.slow(Duration.ofSeconds(20)));
        URI url = URI.create(SIMULATOR.url() + "/echo/x");
        AtomicReference<Exchange> result = new AtomicReference<>();
        Thread call = Thread.ofVirtual()
                .start(() ->
                        result.set(http.send(new OutboundRequest("GET", url, Map.of(), null, Duration.ofSeconds(30)))));
        await().until(() -> SIMULATOR.requests().count(Vendor.ECHO) == 1);

        call.interrupt();

        assertThat(call.join(Duration.ofSeconds(5))).isTrue();
        assertThat(((Exchange.Unanswered) result.get()).sent()).isTrue();
    }

    @Test
    void a_refused_connection_has_sent_nothing() {
        Exchange.Unanswered refused =
                (Exchange.Unanswered) http.send(request(URI.create("http://127.0.0.1:1/"), Map.of()));
        assertThat(refused.reason()).isEqualTo(Reason.NO_CONNECTION);
        assertThat(refused.sent()).isFalse();
    }

    @Test
    void a_host_that_keeps_failing_is_left_alone() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.status(503));
        for (int i = 0; i < 5; i++) {
            http.send(get("/echo/x", Map.of()));
        }
        Exchange.Unanswered spared = (Exchange.Unanswered) http.send(get("/echo/x", Map.of()));
        assertThat(spared.reason()).isEqualTo(Reason.BREAKER_OPEN);
        assertThat(spared.sent()).isFalse();
        assertThat(spared.retryAfter()).isPositive();
        assertThat(SIMULATOR.requests().count(Vendor.ECHO)).isEqualTo(5);
    }

    private static OutboundRequest get(String path, Map<String, String> headers) {
        return request(URI.create(SIMULATOR.url() + path), headers);
    }

    private static OutboundRequest request(URI url, Map<String, String> headers) {
        return new OutboundRequest("GET", url, headers, null, Duration.ofSeconds(5));
    }

    private static OutboundHttp client(String allowed, DnsResolver dns) {
        OutboundProperties properties = OutboundSettings.of(
                "allowed-networks", allowed, "max-answer", "64KB", "breaker-calls", "5", "breaker-pause", "1m");
        return new OutboundHttp(properties, new SimpleMeterRegistry(), dns);
    }
}
