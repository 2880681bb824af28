package dev.automationengine.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.problem.FieldError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {
    private final JsonLimits limits = new JsonLimits(3, 10, true);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "\"text\"", "7", "null", " {\"a\":\"\\u00e4 ä\"} ", "[[[]]]", "[{\"a\":[1]}]"})
    void a_value_within_the_limits_is_taken(String document) {
        assertThat(limits.objection(utf8(document))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}{}",
                "[1]2",
                "{\"a\":}",
                "text",
                "\u0000",
                "{\"a\":1,}",
                "NaN",
                "01",
                "'a'",
                "\uFEFF{}"
            })
    void what_is_not_one_value_is_refused(String document) {
        assertThat(limits.objection(utf8(document))).isPresent();
    }

    @Test
    void one_level_too_many_is_told_with_its_place() {
        assertThat(limits.objection(utf8("{\"a\":[{}]}"))).isEmpty();
        assertThat(limits.objection(utf8("{\"a\":[1,{\"b\":[]}]}"))).hasValueSatisfying(found -> {
            FieldError error = found.error();
            assertThat(found.reason()).isEqualTo("depth");
            assertThat(error.pointer()).isEqualTo("/a/1/b");
            assertThat(error.detail()).contains("at most 3 deep");
        });
    }

    @Test
    void one_value_too_many_is_told() {
        assertThat(limits.objection(utf8("{\"a\":[1,2,3,4,5,6,7,8,9]}"))).isEmpty();
        assertThat(limits.objection(utf8("{\"a\":[1,2,3,4,5,6,7,8,9,10]}")))
                .hasValueSatisfying(found -> assertThat(found.error().detail()).contains("at most 10"));
    }

    @Test
    void names_and_numbers_have_an_end() {
        assertThat(limits.objection(utf8("{\"" + "n".repeat(1_000) + "\":1}"))).isEmpty();
        assertThat(limits.objection(utf8("{\"" + "n".repeat(1_001) + "\":1}"))).isPresent();
        assertThat(limits.objection(utf8("9".repeat(1_000)))).isEmpty();
        assertThat(limits.objection(utf8("9".repeat(1_001)))).isPresent();
    }

    /** It would be written in a way that nobody can read again: an event that was accepted would be lost. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"\\ud800\":1}}", "{\"a\":{\"b\":{\"\\udc00x\":1}}}"})
    void a_name_with_half_a_character_is_refused(String document) {
        assertThat(limits.objection(utf8(document)))
                .hasValueSatisfying(found -> assertThat(found.error().pointer()).startsWith("/a"));
        assertThat(new JsonLimits(3, 10, false).objection(utf8(document))).isPresent();
    }

    @Test
    void half_a_character_in_a_value_is_no_reason_to_lose_a_lead() {
        byte[] cut = utf8("{\"name\":\"Joe \\ud83d\"}");
        assertThat(limits.objection(cut))
                .hasValueSatisfying(found -> assertThat(found.error().pointer()).isEqualTo("/name"));
        assertThat(new JsonLimits(3, 10, false).objection(cut)).isEmpty();
        assertThat(limits.objection(utf8("{\"\\ud83d\\ude00\":\"\\ud83d\\ude00\"}")))
                .isEmpty();
    }

    @Test
    void a_number_that_would_become_infinite_is_refused() {
        assertThat(limits.objection(utf8("[1e308,-1e-400,123456789012345678901234567890]")))
                .isEmpty();
        assertThat(limits.objection(utf8("[1,1e400]")))
                .hasValueSatisfying(found -> assertThat(found.error().pointer()).isEqualTo("/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
    void a_document_in_another_charset_is_refused_for_others_would_read_something_else(String charset) {
        assertThat(limits.objection("{\"a\":\"ä\"}".getBytes(Charset.forName(charset))))
                .hasValueSatisfying(found -> assertThat(found.error().detail()).contains("UTF-8"));
    }

    @Test
    void a_document_far_above_the_limits_is_refused_without_being_read_on() {
        byte[] deep = utf8("[".repeat(50_000_000));
        long start = System.nanoTime();
        assertThat(limits.objection(deep)).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
