package dev.automationengine.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.web.Bodies;
import dev.automationengine.kit.web.InboundProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class BodyReaderTest {
    private static final InboundProperties LIMITS = new InboundProperties(DataSize.ofMegabytes(1), 50, 50_000);

    private final BodyReader bodies = new BodyReader(new Bodies(new SimpleMeterRegistry()), LIMITS);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "\"text\"", "7", "null", " {\"a\":\"\\u00e4\"} "})
    void any_json_value_is_taken(String body) {
        assertThatCode(() -> bodies.requireJson(bytes(body))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{\"a\":}", "text", "\u0000"})
    void what_is_not_one_json_value_is_refused(String body) {
        assertRefused(body);
    }

    @Test
    void a_body_may_be_nested_as_deep_as_an_event_can_hold_and_no_deeper() {
        assertThatCode(() -> bodies.requireJson(bytes(nested(LIMITS.maxDepth()))))
                .doesNotThrowAnyException();
        assertRefused(nested(LIMITS.maxDepth() + 1));
    }

    private void assertRefused(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.requireJson(bytes(body)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_REQUEST));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** A parser of bytes guesses the encoding; who reads the text later takes it for UTF-8, and would fail for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void json_of_another_encoding_than_utf_8_is_refused(String charset) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.requireJson("{\"a\": 1}".getBytes(Charset.forName(charset))));
    }

    @Test
    void a_byte_order_mark_and_broken_utf_8_are_refused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.requireJson(bytes("\uFEFF{\"a\": 1}")));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.requireJson(new byte[] {'"', (byte) 0xC3, '"'}));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
