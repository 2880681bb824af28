package dev.automationengine.connectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Reads answers within limits of size and of content type. */
final class AnswerReader {
    private final int maxBytes;
    private final List<String> contentTypes;

    /**
     * A reader.
     *
     * @param maxBytes most bytes of a body, decompressed
     * @param contentTypes media types whose bodies are kept; a star stands for any text
     */
    AnswerReader(int maxBytes, List<String> contentTypes) {
        this.maxBytes = maxBytes;
        this.contentTypes = contentTypes.stream()
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * Reads an answer.
     *
     * @param abort breaks the connection: closing it in peace would read what is left, however long that is
     * @throws AnswerTooLargeException if the body is longer than the limit
     */
    Exchange.Answered read(ClassicHttpResponse response, Runnable abort) throws IOException {
        Map<String, String> headers = new HashMap<>();
        response.headerIterator()
                .forEachRemaining(header -> headers.merge(
                        header.getName().toLowerCase(Locale.ROOT),
                        header.getValue() == null ? "" : header.getValue(),
                        (one, other) -> one + ", " + other));
        byte[] body = body(response.getEntity(), abort);
        return body.length == 0 || keeps(headers.get("content-type"))
                ? new Exchange.Answered(response.getCode(), headers, body)
                : Exchange.Answered.withoutBody(response.getCode(), headers);
    }

    private byte[] body(@Nullable HttpEntity entity, Runnable abort) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                abort.run();
                throw new AnswerTooLargeException(maxBytes);
            }
            return body;
        }
    }

    /** A sender that names no type, or one that cannot be read, means text. */
    private boolean keeps(@Nullable String header) {
        ContentType type = ContentType.parseLenient(header);
        if (type == null || type.getMimeType() == null || type.getMimeType().isBlank()) {
            return true;
        }
        String name = type.getMimeType().toLowerCase(Locale.ROOT);
        return contentTypes.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return name.length() >= before.length() + after.length() && name.startsWith(before) && name.endsWith(after);
    }

    /** The body is longer than the limit. */
    static final class AnswerTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLargeException(int most) {
            super("the answer is longer than " + most + " bytes");
        }
    }
}
