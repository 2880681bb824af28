package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer too much, too slowly or wrongly: they cost a bounded time and bounded memory. */
class HostileAnswersTest {
    private static final int LIMIT = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private final OutboundHttp http = new OutboundHttp(
            OutboundSettings.of("allowed-networks", "127.0.0.0/8", "max-answer", LIMIT + "B"),
            new SimpleMeterRegistry());

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT + 1})
    void the_limit_is_a_byte_exactly(int length) {
        try (RawServer server =
                RawServer.answering(OK + "Content-Length: " + length + "\r\n\r\n" + "x".repeat(length))) {
            Exchange exchange = get(server, PATIENCE);
            if (length == LIMIT) {
                assertThat(((Exchange.Answered) exchange).body()).hasSize(LIMIT);
            } else {
                assertThat(((Exchange.Unanswered) exchange).reason()).isEqualTo(Reason.TOO_LARGE);
            }
        }
    }

    @Test
    void an_answer_without_an_end_is_given_up_as_soon_as_it_is_too_long() {
        byte[] chunk = ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = RawServer.start((head, out) -> {
            out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            forever(out, chunk);
        })) {
            tooLargeAtOnce(server);
        }
    }

    @Test
    void an_answer_that_tells_an_enormous_length_is_not_read_to_its_end() {
        try (RawServer server = RawServer.start((head, out) -> {
            out.write((OK + "Content-Length: 9000000000000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            forever(out, new byte[0x8000]);
        })) {
            tooLargeAtOnce(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, gzip"})
    void a_bomb_is_measured_by_what_it_unpacks_to(String encoding) throws IOException {
        byte[] bomb = zipped(new byte[64 * 1024 * 1024]);
        byte[] body = encoding.contains(",") ? zipped(bomb) : bomb;
        assertThat(body).as("it is small on the wire").hasSizeLessThan(LIMIT + 1024);
        try (RawServer server = RawServer.start((head, out) -> {
            out.write((OK + "Content-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        })) {
            assertThat(refused(server, PATIENCE).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // not a byte of an answer
                "H", // byte by byte, never a line
                OK, // header by header
                OK + "Content-Length: 1000000\r\n\r\n" // the body, byte by byte
            })
    void an_answer_that_drips_is_cut_off_at_the_deadline(String beginning) {
        try (RawServer server = RawServer.start((head, out) -> {
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            byte[] drop = (beginning.equals(OK) ? "X-A: b\r\n" : beginning.isEmpty() ? "" : "x")
                    .getBytes(StandardCharsets.US_ASCII);
            while (!Thread.interrupted()) {
                out.write(drop);
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        })) {
            long start = System.nanoTime();
            Exchange.Unanswered late = refused(server, SHORT);
            assertThat(late.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(late.sent()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(3));
        }
    }

    @Test
    void interim_answers_without_end_are_cut_off_at_the_deadline() {
        byte[] interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = RawServer.start((head, out) -> forever(out, interim))) {
            assertThat(refused(server, SHORT).reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void headers_without_end_and_lines_without_end_are_too_large() {
        byte[] header = "X-A: b\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] piece = "x".repeat(1024).getBytes(StandardCharsets.US_ASCII);
        for (byte[] flood : new byte[][] {header, piece}) {
            try (RawServer server = RawServer.start((head, out) -> {
                out.write((OK + "X-Long: ").getBytes(StandardCharsets.US_ASCII));
                forever(out, flood);
            })) {
                tooLargeAtOnce(server);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not HTTP at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 99999 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n\r\n"
            })
    void an_answer_that_is_wrong_is_told_as_such_and_throws_nothing(String answer) {
        try (RawServer server = RawServer.start((head, out) -> {
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("the server hangs up");
        })) {
            assertThatCode(() -> get(server, PATIENCE)).doesNotThrowAnyException();
            assertThat(get(server, PATIENCE))
                    .satisfiesAnyOf(
                            exchange -> assertThat(((Exchange.Unanswered) exchange).reason())
                                    .isEqualTo(Reason.BROKEN),
                            exchange -> assertThat(((Exchange.Answered) exchange).body())
                                    .isEmpty());
        }
    }

    private void tooLargeAtOnce(RawServer server) {
        long start = System.nanoTime();
        Exchange.Unanswered refused = refused(server, PATIENCE);
        assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.dividedBy(2));
    }

    private Exchange.Unanswered refused(RawServer server, Duration timeout) {
        return (Exchange.Unanswered) get(server, timeout);
    }

    private Exchange get(RawServer server, Duration timeout) {
        return http.send(new OutboundRequest("GET", URI.create(server.url("/x")), Map.of(), null, timeout));
    }

    private static void forever(OutputStream out, byte[] bytes) throws IOException {
        while (!Thread.interrupted()) {
            out.write(bytes);
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        }
        return Arrays.copyOf(zipped.toByteArray(), zipped.size());
    }
}
