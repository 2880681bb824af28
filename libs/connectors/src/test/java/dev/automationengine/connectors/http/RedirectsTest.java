package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects, each of which is checked like the first call. */
class RedirectsTest {
    private static final Map<String, String> SECRETS =
            Map.of("Authorization", "Bearer s3cret", "X-Api-Key", "s3cret", "Cookie", "a=s3cret", "Accept", "text/a");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RawServer there = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere");
    private final DnsDouble dns = new DnsDouble();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutboundHttp http =
            new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.1", "max-redirects", "3"), meters, dns);

    @AfterEach
    void close() {
        http.close();
        there.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_to_another_origin_is_followed_without_anything_that_may_be_secret(int status) {
        try (RawServer here = redirecting(status, there.url("/b"))) {
            Exchange.Answered answered = (Exchange.Answered) get(here.url("/a"), PATIENCE);
            assertThat(new String(answered.body(), StandardCharsets.US_ASCII)).isEqualTo("there");
        }
        assertThat(there.heads())
                .singleElement()
                .asString()
                .startsWith("GET /b HTTP/1.1\r\n")
                .contains("Accept: text/a")
                .doesNotContain("s3cret");
    }

    @Test
    void within_the_origin_the_headers_stay_and_relative_addresses_are_resolved() {
        try (RawServer here = RawServer.start((head, out) -> out.write((head.startsWith("GET /dir/a ")
                        ? redirect(302, "?page=2")
                        : head.startsWith("GET /dir/a?page=2 ")
                                ? redirect(302, "../c")
                                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)))) {
            get(here.url("/dir/a"), PATIENCE);
            assertThat(here.heads()).hasSize(3).allMatch(head -> head.contains("Bearer s3cret"));
            assertThat(here.heads().getLast()).startsWith("GET /c HTTP/1.1");
        }
    }

    @Test
    void what_was_left_out_on_the_way_does_not_come_back_with_the_first_origin() {
        try (RawServer here = RawServer.start((head, out) -> out.write((head.startsWith("GET /back ")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                        : redirect(302, "http://elsewhere.example:" + port(head) + "/b"))
                .getBytes(StandardCharsets.US_ASCII)))) {
            dns.answers("elsewhere.example", "127.0.0.1");
            try (RawServer elsewhere = redirecting(302, here.url("/back"))) {
                Exchange back = http.send(request("GET", here.url("/a?" + elsewhere.port()), PATIENCE, true));
                assertThat(((Exchange.Answered) back).status()).isEqualTo(200);
            }
            assertThat(here.heads().getLast()).startsWith("GET /back ").doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, BLOCKED",
        "http://169.254.169.254/latest/meta-data/, BLOCKED",
        "http://[::1]/, BLOCKED",
        "//192.168.0.1/x, BLOCKED",
        "http://inside.example/, BLOCKED",
        "http://2130706433/, REDIRECT_REFUSED",
        "file:///etc/passwd, REDIRECT_REFUSED",
        "gopher://127.0.0.1/_x, REDIRECT_REFUSED",
        "http://user:pw@127.0.0.1/, REDIRECT_REFUSED",
        "http://127.0.0.1:25/, REDIRECT_REFUSED",
        "'http://a b/', REDIRECT_REFUSED",
        "'', REDIRECT_REFUSED"
    })
    void a_redirect_to_where_no_call_may_go_is_refused(String location, Reason reason) {
        dns.answers("inside.example", "10.0.0.1");
        try (RawServer here = redirecting(302, location)) {
            Exchange.Unanswered refused = (Exchange.Unanswered) get(here.url("/a"), PATIENCE);
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.sent())
                    .as("nothing is in doubt: a read was redirected")
                    .isFalse();
        }
        assertThat(meters.timer(
                                "engine.outbound.calls",
                                "outcome",
                                reason.name().toLowerCase(java.util.Locale.ROOT))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void from_https_it_never_goes_on_by_http() {
        Redirects redirects = new Redirects(3);
        OutboundRequest secure = request("GET", "https://shop.example/a", PATIENCE, true);
        assertThat(redirects.next(secure, moved("http://shop.example/a"), 0))
                .isInstanceOfSatisfying(
                        Redirects.Next.Done.class,
                        done -> assertThat(((Exchange.Unanswered) done.exchange()).reason())
                                .isEqualTo(Reason.REDIRECT_REFUSED));
        assertThat(redirects.next(secure, moved("HTTPS://SHOP.example:443/b"), 0))
                .as("the same origin, written otherwise")
                .isInstanceOfSatisfying(
                        Redirects.Next.Again.class,
                        again -> assertThat(again.request().headers()).isEqualTo(SECRETS));
    }

    @Test
    void as_many_as_the_operator_allows_are_followed_and_not_one_more() {
        try (RawServer chain = RawServer.start((head, out) -> {
            int hop = Integer.parseInt(head.substring("GET /".length(), head.indexOf(' ', "GET /".length())));
            String answer = hop == 0 ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : redirect(302, "/" + (hop - 1));
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(((Exchange.Answered) get(chain.url("/3"), PATIENCE)).status())
                    .isEqualTo(200);
            assertThat(((Exchange.Unanswered) get(chain.url("/4"), PATIENCE)).reason())
                    .isEqualTo(Reason.REDIRECT_REFUSED);
            assertThat(chain.heads()).hasSize(4 + 4);
        }
    }

    @Test
    void all_hops_share_one_deadline() {
        try (RawServer slow = RawServer.start((head, out) -> {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            out.write(redirect(302, "/again").getBytes(StandardCharsets.US_ASCII));
        })) {
            long start = System.nanoTime();
            assertThat(((Exchange.Unanswered) get(slow.url("/a"), Duration.ofMillis(500))).reason())
                    .isEqualTo(Reason.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, true", "PUT, true", "DELETE, true", "GET, false"})
    void what_changes_something_or_does_not_ask_for_it_is_not_sent_again(String method, boolean follow) {
        try (RawServer here = redirecting(307, there.url("/b"))) {
            Exchange answer = http.send(request(method, here.url("/a"), PATIENCE, follow));
            assertThat(((Exchange.Answered) answer).status()).isEqualTo(307);
        }
        assertThat(there.connections()).isZero();
    }

    private Exchange get(String url, Duration timeout) {
        return http.send(request("GET", url, timeout, true));
    }

    private static OutboundRequest request(String method, String url, Duration timeout, boolean follow) {
        return new OutboundRequest(method, URI.create(url), SECRETS, null, timeout, follow);
    }

    private static Exchange moved(String location) {
        return new Exchange.Answered(302, Map.of("location", location), new byte[0]);
    }

    private static RawServer redirecting(int status, String location) {
        return RawServer.answering(redirect(status, location));
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static String port(String head) {
        return head.substring(head.indexOf('?') + 1, head.indexOf(" HTTP"));
    }
}
