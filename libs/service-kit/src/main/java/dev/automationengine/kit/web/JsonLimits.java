package dev.automationengine.kit.web;

import dev.automationengine.kit.problem.FieldError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * How much structure a JSON document may have. It is looked through without being built, so a document above the limits
 * costs no more than its bytes. Thread-safe.
 *
 * @param maxDepth most levels of objects and arrays
 * @param maxValues most members and items, at all levels together
 */
public record JsonLimits(int maxDepth, int maxValues) {
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 1_000;

    /**
     * What is wrong with a document.
     *
     * @param reason in a word: json, depth or values
     * @param error what to tell the sender
     */
    public record Objection(String reason, FieldError error) {
        private Objection(String reason, String pointer, String detail) {
            this(reason, new FieldError(pointer, detail));
        }
    }

    /** Its own limit of depth is out of reach: ours tells where. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    /**
     * Looks through a document.
     *
     * @return what is wrong first, with a pointer to it; empty if it is one JSON value in UTF-8 within the limits
     */
    public Optional<Objection> objection(byte[] document) {
        String text = text(document);
        if (text == null) {
            return Optional.of(new Objection("json", "", "must be JSON in UTF-8, without a byte order mark"));
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return objection(parser);
        } catch (JacksonException e) {
            return Optional.of(new Objection(
                    "json",
                    "",
                    "must be one well-formed JSON value; names and numbers have at most " + LONGEST_NAME
                            + " characters"));
        }
    }

    private Optional<Objection> objection(JsonParser parser) {
        int roots = 0;
        int depth = 0;
        int values = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                continue;
            }
            if (token.isStructEnd()) {
                depth--;
                continue;
            }
            if (depth == 0) {
                roots++;
            } else {
                values++;
            }
            if (values > maxValues) {
                return Optional.of(new Objection("values", "", "may have at most " + maxValues + " members and items"));
            }
            if (token.isStructStart()) {
                depth++;
            }
            if (depth > maxDepth) {
                return Optional.of(new Objection(
                        "depth",
                        parser.streamReadContext().pathAsPointer().toString(),
                        "may be nested at most " + maxDepth + " deep"));
            }
        }
        return roots == 1
                ? Optional.empty()
                : Optional.of(new Objection("json", "", "must be one well-formed JSON value"));
    }

    /** The text; null if it is not UTF-8. Other readers must not see another document than this one. */
    private static @Nullable String text(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith("\uFEFF") ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
