package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.http.Exchange.Reason;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class OutboundHttpTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final List<String> LOCAL = List.of("127.0.0.0/8");

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "http://localhost:1/",
                "http://2130706433:1/",
                "http://127.1:1/",
                "http://[::1]:1/",
                "http://[::ffff:127.0.0.1]:1/",
                "http://[::ffff:7f00:1]:1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.1/",
                "https://192.168.0.1/"
            })
    void no_way_of_writing_a_private_address_gets_through(String url) {
        try (OutboundHttp strict = client(List.of(), SystemDefaultDnsResolver.INSTANCE)) {
            Exchange.Unanswered refused = (Exchange.Unanswered) strict.send(request(URI.create(url), Map.of()));
            assertThat(refused.reason()).isIn(Reason.BLOCKED, Reason.UNRESOLVED, Reason.INVALID);
            assertThat(refused.sent()).isFalse();
        }
    }

    @Test
    void a_name_that_changes_its_address_after_the_check_is_not_asked_twice() {
        AtomicInteger lookups = new AtomicInteger();
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                // Forbidden at the first look, permitted at any later one.
                return InetAddress.getAllByName(lookups.incrementAndGet() == 1 ? "10.0.0.1" : "127.0.0.1");
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (OutboundHttp client = client(LOCAL, rebinding)) {
            URI url = URI.create("http://rebinding.example:" + SIMULATOR.url().getPort() + "/echo/x");
            Exchange.Unanswered refused = (Exchange.Unanswered) client.send(request(url, Map.of()));
            assertThat(refused.reason()).isEqualTo(Reason.BLOCKED);
        }
        assertThat(lookups).hasValue(1);
        assertThat(SIMULATOR.requests().count(Vendor.ECHO)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.com/", "file:///etc/passwd", "http://user:pw@example.com/", "http:///x", "/x"})
    void a_url_of_another_form_is_not_sent(String url) {
        Exchange.Unanswered refused = (Exchange.Unanswered) http.send(request(URI.create(url), Map.of()));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void a_header_cannot_smuggle_another_one() {
        for (Map<String, String> headers : List.of(
                Map.of("X-Test", "1\r\nX-Evil: 2"),
                Map.of("X-Test\r\nX-Evil", "1"),
                Map.of("Host", "evil.example"),
                Map.of("Transfer-Encoding", "chunked"))) {
            Exchange.Unanswered refused = (Exchange.Unanswered) http.send(get("/echo/x", headers));
            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        }
        assertThat(SIMULATOR.requests().count(Vendor.ECHO)).isZero();
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(302, Map.of("Location", "/echo/secret"), ""));
        assertThat(((Exchange.Answered) http.send(get("/echo/x", Map.of()))).status())
                .isEqualTo(302);
        assertThat(SIMULATOR.requests().count(Vendor.ECHO)).isEqualTo(1);
    }

    @Test
    void an_answer_above_the_limit_is_not_read_to_its_end() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(200, Map.of(), "x".repeat(70_000)));
        Exchange.Unanswered refused = (Exchange.Unanswered) http.send(get("/echo/x", Map.of()));
        assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused.sent()).isTrue();
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

    private static OutboundHttp client(List<String> allowed, DnsResolver dns) {
        OutboundProperties properties = new OutboundProperties(
                allowed, Duration.ofSeconds(2), 10, 10, DataSize.ofKilobytes(64), 5, 50, Duration.ofMinutes(1));
        return new OutboundHttp(properties, new SimpleMeterRegistry(), dns);
    }
}
