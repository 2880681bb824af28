package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The corpus {@code ssrf-corpus.csv} against the client as the worker has it, with real sockets: whatever is refused
 * must not reach a server that listens on every address of this machine.
 */
class SsrfCorpusTest {
    private static final RawServer INSIDE =
            RawServer.startEverywhere("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
    private static final String PUBLIC = "public";

    private final DnsDouble dns = new DnsDouble();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutboundHttp http = new OutboundHttp(OutboundSettings.of("connect-timeout", "2s"), meters, dns);

    @AfterEach
    void close() {
        http.close();
    }

    @AfterAll
    static void closeServer() {
        INSIDE.close();
    }

    @ParameterizedTest(name = "{0} ({3})")
    @CsvFileSource(resources = "/ssrf-corpus.csv", delimiter = '|', useHeadersInDisplayName = false, numLinesToSkip = 1)
    void every_attempt_ends_as_the_table_says(String url, @Nullable String answers, String verdict, String why)
            throws UnknownHostException {
        String text = url.replace("{port}", "" + INSIDE.port());
        URI uri = parsed(text);
        if (uri == null) {
            // UrlText refuses it before there is a request.
            assertThat(verdict).as(why).isEqualTo("invalid");
            return;
        }
        if (answers != null) {
            dns.answers(Objects.requireNonNullElse(uri.getHost(), "none"), answers);
        }
        if (verdict.equals(PUBLIC)) {
            permitted(uri, why);
        } else {
            refused(uri, Reason.valueOf(verdict.toUpperCase(Locale.ROOT)), why);
        }
        assertThat(INSIDE.connections()).as(why).isZero();
    }

    private void refused(URI uri, Reason reason, String why) {
        Exchange.Unanswered refused =
                (Exchange.Unanswered) http.send(new OutboundRequest("GET", uri, Map.of(), null, Duration.ofSeconds(5)));
        assertThat(refused.reason()).as(why).isEqualTo(reason);
        assertThat(refused.sent()).as(why).isFalse();
        assertThat(meters.timer(
                                "engine.outbound.calls",
                                "outcome",
                                reason.name().toLowerCase(Locale.ROOT))
                        .count())
                .isEqualTo(1);
    }

    /** Nothing is sent to real addresses: the test ends where the connection would begin. */
    private void permitted(URI uri, String why) throws UnknownHostException {
        assertThat(RequestRules.objection(uri)).as(why).isEmpty();
        AddressGuard guard = new AddressGuard(OutboundSettings.of());
        assertThat(new GuardedDns(dns, guard).resolve(uri.getHost()))
                .as(why)
                .isNotEmpty()
                .noneMatch(InetAddress::isSiteLocalAddress)
                .noneMatch(InetAddress::isLoopbackAddress);
    }

    private static @Nullable URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
