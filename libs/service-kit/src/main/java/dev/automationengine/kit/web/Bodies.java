package dev.automationengine.kit.web;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Reads bodies of requests within limits. What is refused is counted by reason; its content is told to nobody. */
public final class Bodies {
    private static final Logger log = LoggerFactory.getLogger(Bodies.class);
    private static final String IDENTITY = "identity";

    private final MeterRegistry meters;

    /** Counts in {@code engine.inbound.refused{reason}}. */
    public Bodies(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * The bytes of a body as they came.
     *
     * @param encoding the request's Content-Encoding; a compressed body is refused, so there are no bombs to defuse
     * @param length the length that the request tells; negative if it does not
     * @throws ProblemException if it is compressed, longer than the limit, or the sender went away
     */
    public byte[] read(InputStream body, @Nullable String encoding, long length, DataSize limit) {
        if (compressed(encoding)) {
            throw refused(
                    "encoding",
                    new ProblemException(
                            Problem.UNSUPPORTED_ENCODING,
                            "Bodies are taken uncompressed. Send it without Content-Encoding.",
                            List.of(new FieldError("Content-Encoding", "must be absent"))));
        }
        int most = Math.toIntExact(limit.toBytes());
        if (length > most) {
            throw tooLarge(limit);
        }
        try (body) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw tooLarge(limit);
            }
            return bytes;
        } catch (IOException e) {
            throw refused(
                    "incomplete",
                    new ProblemException(
                            Problem.INVALID_REQUEST,
                            "The body ended early.",
                            List.of(new FieldError("", "send it again")),
                            e));
        }
    }

    /**
     * Checks that a body is one JSON value in UTF-8 within the limits.
     *
     * @throws ProblemException if it is not, with a pointer to the first place that is wrong
     */
    public void requireJson(byte[] body, JsonLimits limits) {
        limits.objection(body).ifPresent(objection -> {
            throw refused(
                    objection.reason(),
                    new ProblemException(
                            Problem.INVALID_REQUEST,
                            "The body is not JSON that can be taken.",
                            List.of(objection.error())));
        });
    }

    private static boolean compressed(@Nullable String encoding) {
        return encoding != null
                && !encoding.isBlank()
                && !encoding.strip().toLowerCase(Locale.ROOT).equals(IDENTITY);
    }

    private ProblemException tooLarge(DataSize limit) {
        return refused(
                "size",
                new ProblemException(
                        Problem.PAYLOAD_TOO_LARGE, "A body may have at most " + limit.toBytes() + " bytes."));
    }

    private ProblemException refused(String reason, ProblemException problem) {
        meters.counter("engine.inbound.refused", "reason", reason).increment();
        log.info("A body was refused: {}", reason);
        return problem;
    }
}
