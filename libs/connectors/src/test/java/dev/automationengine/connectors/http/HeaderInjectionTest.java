package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a workflow breaks out of its place in the request. */
class HeaderInjectionTest {
    private final RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutboundHttp http = new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.1"), meters);

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\r\nX-Evil: 2",
                "1\nX-Evil: 2",
                "1\rX-Evil: 2",
                "1\r\n\r\nGET /evil HTTP/1.1\r\nHost: x",
                "1\u0000",
                "1\u000b",
                "1\u007f",
                "1\u0085X-Evil: 2",
                "1\u2028X-Evil: 2",
                "1\u560a\u560dX-Evil: 2", // CR LF to whoever cuts characters to bytes
                "ä"
            })
    void a_value_has_no_control_characters_and_is_ascii(String value) {
        assertRefused("GET", Map.of("X-Test", value), null);
        assertRefused("POST", Map.of(), value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Test", "X-Test:", "X-Test\r\nX-Evil", "X-Test\u0000", "X-Tést", "(x)", "x\t"})
    void a_name_is_a_token(String name) {
        assertRefused("GET", Map.of(name, "1"), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "Content-Length",
                "content-length",
                "Transfer-Encoding",
                "TE",
                "Trailer",
                "Connection",
                "Keep-Alive",
                "Upgrade",
                "HTTP2-Settings",
                "Expect",
                "Proxy-Connection",
                "Proxy-Authorization",
                "Proxy-Authenticate",
                "Accept-Encoding"
            })
    void headers_that_frame_the_message_or_belong_to_the_connection_are_the_engines(String name) {
        assertRefused("GET", Map.of(name, "1"), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "TRACK", "get", "GET /evil HTTP/1.1\r\nX: y", "G ET", "", "POST\u0000"})
    void a_method_is_a_word_that_is_about_a_resource(String method) {
        assertRefused(method, Map.of(), null);
    }

    @ParameterizedTest
    @CsvSource({"text/plain; charset=nonsense", "text/plain; charset=", "nonsense", "a/b; c=\"d"})
    void a_content_type_that_nobody_knows_is_sent_as_it_is(String type) {
        Exchange.Answered answered = (Exchange.Answered) send("POST", Map.of(), type);
        assertThat(answered.status()).isEqualTo(200);
        assertThat(server.heads()).singleElement().asString().containsOnlyOnce("Content-Type: " + type + "\r\n");
    }

    @Test
    void an_ordinary_request_arrives_with_each_framing_header_once() {
        send("POST", Map.of("X-Test", "1\t2"), "text/plain");
        assertThat(server.heads())
                .singleElement()
                .asString()
                .startsWith("POST /x?q=%0d%0aX-Evil:1 HTTP/1.1\r\n")
                .containsOnlyOnce("Host: 127.0.0.1:" + server.port())
                .containsOnlyOnce("Content-Length: 0")
                .doesNotContain("Upgrade", "Transfer-Encoding", "\r\nX-Evil");
    }

    private void assertRefused(String method, Map<String, String> headers, @Nullable String contentType) {
        Exchange.Unanswered refused = (Exchange.Unanswered) send(method, headers, contentType);
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.sent()).isFalse();
        assertThat(refused.detail()).as("tells the name and never the value").doesNotContain("Evil: 2");
        assertThat(server.connections()).isZero();
    }

    private Exchange send(String method, Map<String, String> headers, @Nullable String contentType) {
        OutboundRequest.Body body = contentType == null
                ? null
                : new OutboundRequest.Body(contentType, "".getBytes(StandardCharsets.US_ASCII));
        URI url = URI.create(server.url("/x?q=%0d%0aX-Evil:1#fragment"));
        return http.send(new OutboundRequest(method, url, headers, body, Duration.ofSeconds(5)));
    }
}
