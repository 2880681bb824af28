package dev.automationengine.trigger.intake;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.web.Bodies;
import dev.automationengine.kit.web.InboundProperties;
import dev.automationengine.kit.web.JsonLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Reads bodies as they are, because signatures are over bytes, within limits. */
@Component
public class BodyReader {
    private final Bodies bodies;
    private final JsonLimits json;

    BodyReader(Bodies bodies, InboundProperties properties) {
        this.bodies = bodies;
        this.json = properties.json(false);
    }

    /**
     * The bytes of a request's body.
     *
     * @throws ProblemException if there are more than {@code limit}, they are compressed, or the sender went away
     */
    public byte[] read(HttpServletRequest request, DataSize limit) {
        return bodies.read(
                body(request), request.getHeader(HttpHeaders.CONTENT_ENCODING), request.getContentLengthLong(), limit);
    }

    /**
     * Checks that a body is one JSON value in UTF-8 within the limits. Whoever reads it later takes it for UTF-8, so a
     * parser that guesses the encoding of bytes would let in what fails there for ever.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.1">RFC 8259, 8.1: UTF-8, without byte order mark</a>
     * @throws ProblemException if it is not
     */
    public void requireJson(byte[] body) {
        bodies.requireJson(body, json);
    }

    private static InputStream body(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST, "The body ended early.", List.of(new FieldError("", "send it again")), e);
        }
    }
}
