package dev.automationengine.trigger.resume;

import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.trigger.intake.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes an answer of a request. */
@Component
class AnswerReader {
    private static final String CALLBACK = "callback";
    private static final String LINK = "link";

    private final BodyReader bodies;
    private final ResumeIntakeProperties properties;
    private final Traces traces;
    private final InstantSource clock;
    private final JsonMapper json;

    AnswerReader(
            BodyReader bodies, ResumeIntakeProperties properties, Traces traces, InstantSource clock, JsonMapper json) {
        this.bodies = bodies;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.json = json;
    }

    /**
     * The answer that a request gives by a link.
     *
     * @throws dev.automationengine.kit.problem.ProblemException 400 or 413 if the body is not one
     */
    StepEvent.Resumed answer(ResumeToken link, HttpServletRequest request) {
        byte[] body = bodies.read(request, properties.maxBody());
        return switch (link.kind()) {
            case CALLBACK -> resumed(link, CALLBACK, output(body));
            case APPROVAL ->
                resumed(link, LINK, ApprovalForm.decision(link, request.getContentType(), body, bodies, json));
        };
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepEvent.Resumed resumed(ResumeToken link, String by, Map<String, @Nullable Object> output) {
        return new StepEvent.Resumed(
                link.jobId(),
                link.orgId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                by,
                link.approver(),
                output,
                traces.traceparent());
    }

    /** An object is the output as it is; any other value is its member {@code body}. */
    private Map<String, @Nullable Object> output(byte[] body) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        if (body.length == 0) {
            return output;
        }
        bodies.requireJson(body);
        Object value = json.readValue(body, Object.class);
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> output.put(String.valueOf(name), member));
        } else {
            output.put("body", value);
        }
        return output;
    }
}
