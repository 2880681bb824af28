package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer, secrets masked.
 *
 * @param text as text
 * @param value its JSON as maps, lists and values; the text if it is no JSON; null if there is none
 */
record AnswerBody(String text, @Nullable Object value) {
    /**
     * Most characters of a body that become output whole: an output travels through Kafka and lives in the execution's
     * document.
     */
    static final int MAX_OUTPUT = 128 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    static AnswerBody of(Exchange.Answered answer, Redactor redactor) {
        String text = redactor.mask(new String(answer.body(), charset(answer)));
        return new AnswerBody(text, value(text));
    }

    boolean tooLongForOutput() {
        return text.length() > MAX_OUTPUT;
    }

    private static @Nullable Object value(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }

    private static Charset charset(Exchange.Answered answer) {
        ContentType type = ContentType.parseLenient(answer.headers().get("content-type"));
        return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
    }
}
