package dev.automationengine.trigger.intake;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies as they are, within limits. */
@Component
public class BodyReader {
    /**
     * Deepest nesting of a JSON body. An event wraps the body and a document of MongoDB wraps the event, at most 100
     * deep: what were deeper could be accepted here and never be written there.
     */
    static final int MAX_DEPTH = 50;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    BodyReader() {}

    /**
     * The bytes of a request's body.
     *
     * @throws ProblemException if there are more than {@code limit}, or the sender went away
     */
    public byte[] read(HttpServletRequest request, DataSize limit) {
        int most = Math.toIntExact(limit.toBytes());
        if (request.getContentLengthLong() > most) {
            throw tooLarge(limit);
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(limit);
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST, "The body ended early.", List.of(new FieldError("", "send it again")), e);
        }
    }

    /**
     * Checks that a body is one JSON value in UTF-8, nested at most {@value #MAX_DEPTH} deep. Whoever reads it later takes
     * it for UTF-8, so a parser that guesses the encoding of bytes would let in what fails there for ever.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.1">RFC 8259, 8.1: UTF-8, without byte order mark</a>
     * @throws ProblemException if it is not
     */
    public void requireJson(byte[] body) {
        try {
            // A decoder of one's own, because others put a mark where bytes are no UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (!json.readTree(text).isMissingNode()) {
                return;
            }
        } catch (JacksonException | CharacterCodingException e) {
            throw notJson(e);
        }
        throw notJson(null);
    }

    private static ProblemException notJson(@Nullable Throwable cause) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                "The body is not JSON that can be taken.",
                List.of(new FieldError(
                        "", "must be one well-formed JSON value in UTF-8, nested at most " + MAX_DEPTH + " deep")),
                cause);
    }

    private static ProblemException tooLarge(DataSize limit) {
        return new ProblemException(
                Problem.PAYLOAD_TOO_LARGE, "A body may have at most " + limit.toBytes() + " bytes.");
    }
}
