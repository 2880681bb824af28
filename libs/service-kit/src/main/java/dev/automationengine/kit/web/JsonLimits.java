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
 * @param wholeText whether half a surrogate pair in a value is refused; else whoever writes it replaces it. In a name it is
 *     always refused, for what is written of it cannot be read again
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2">RFC 7493, 2: no unpaired surrogates, no numbers beyond a
 *     double's range</a>
 */
public record JsonLimits(int maxDepth, int maxValues, boolean wholeText) {
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
            if (isHalved(token, parser)) {
                return Optional.of(new Objection(
                        "json", pointer(parser), "may not have half a surrogate pair, such as \\ud800 alone"));
            }
            if (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(parser.getDoubleValue())) {
                return Optional.of(
                        new Objection("json", pointer(parser), "must be a number within the range of a double"));
            }
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
                return Optional.of(
                        new Objection("depth", pointer(parser), "may be nested at most " + maxDepth + " deep"));
            }
        }
        return roots == 1
                ? Optional.empty()
                : Optional.of(new Objection("json", "", "must be one well-formed JSON value"));
    }

    private boolean isHalved(JsonToken token, JsonParser parser) {
        return switch (token) {
            case PROPERTY_NAME -> isHalved(parser.currentName());
            case VALUE_STRING -> wholeText && isHalved(parser.getString());
            default -> false;
        };
    }

    private static boolean isHalved(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static String pointer(JsonParser parser) {
        // A name that cannot be written cannot be pointed at either: its object is.
        return parser.currentToken() == JsonToken.PROPERTY_NAME
                ? parser.streamReadContext().getParent() == null
                        ? ""
                        : parser.streamReadContext().getParent().pathAsPointer().toString()
                : parser.streamReadContext().pathAsPointer().toString();
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
