package dev.automationengine.trigger.run;

import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.schema.InputSchema;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.trigger.intake.BodyReader;
import dev.automationengine.trigger.subscription.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests for runs by hand, and checks whether they can be served. */
@Component
class RunRequests {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String INPUT = "input";
    private static final int LONGEST_KEY = 255;

    private final Subscriptions subscriptions;
    private final CatchUp catchUp;
    private final BodyReader bodies;
    private final RunProperties properties;
    private final Traces traces;
    private final InstantSource clock;
    private final JsonMapper json;

    RunRequests(
            Subscriptions subscriptions,
            CatchUp catchUp,
            BodyReader bodies,
            RunProperties properties,
            Traces traces,
            InstantSource clock,
            JsonMapper json) {
        this.subscriptions = subscriptions;
        this.catchUp = catchUp;
        this.bodies = bodies;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.json = json;
    }

    /**
     * The message of a request.
     *
     * @throws ProblemException 404 without such a workflow, 409 if it is not active, 400 if the input does not fit, 503
     *     while the service starts
     */
    InboundMessage.ManualRun read(OrgId org, WorkflowId workflow, @Nullable String key, HttpServletRequest request) {
        Trigger trigger = active(org, workflow).trigger();
        Map<String, @Nullable Object> input = input(bodies.read(request, properties.maxBody()));
        List<FieldError> errors = violations(trigger, input);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST, "The input is not what the workflow's input_schema asks for.", errors);
        }
        return new InboundMessage.ManualRun(id(key), org, workflow, input, clock.instant(), traces.traceparent());
    }

    private WorkflowChange active(OrgId org, WorkflowId id) {
        WorkflowChange workflow = subscriptions.of(org, id);
        if (workflow == null) {
            throw catchUp.isDone()
                    ? ProblemException.notFound("workflow")
                    : ProblemException.unavailable("The service is starting. Send it again.", RETRY_AFTER, null);
        }
        if (!workflow.active()) {
            throw new ProblemException(Problem.CONFLICT, "The workflow is not active: activate it first.");
        }
        return workflow;
    }

    private Map<String, @Nullable Object> input(byte[] body) {
        if (body.length == 0) {
            return Map.of();
        }
        bodies.requireJson(body);
        if (!(json.readValue(body, Object.class) instanceof Map<?, ?> members)) {
            throw invalid("", "must be an object: {\"input\": {...}}");
        }
        for (Object member : members.keySet()) {
            if (!member.equals(INPUT)) {
                throw invalid("/" + member, "is unknown here; known is input");
            }
        }
        if (members.get(INPUT) == null) {
            return Map.of();
        }
        if (!(members.get(INPUT) instanceof Map<?, ?> given)) {
            throw invalid("/input", "must be an object");
        }
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        given.forEach((name, value) -> input.put(String.valueOf(name), value));
        return input;
    }

    private static List<FieldError> violations(Trigger trigger, Map<String, @Nullable Object> input) {
        Object schema = trigger.type().equals(Trigger.MANUAL) ? trigger.config().get("input_schema") : null;
        List<FieldError> errors = new ArrayList<>();
        if (schema != null) {
            // A schema that this version cannot use was checked by another one: it refuses nothing.
            InputSchema.read(schema, (pointer, reason) -> {})
                    .ifPresent(read -> read.check(
                            input, (pointer, reason) -> errors.add(new FieldError("/input" + pointer, reason))));
        }
        return errors;
    }

    private static String id(@Nullable String key) {
        String bare = key == null ? "" : key.replace("\"", "").strip();
        if (bare.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        if (bare.length() > LONGEST_KEY) {
            throw invalid("Idempotency-Key", "may have at most " + LONGEST_KEY + " characters");
        }
        return bare;
    }

    private static ProblemException invalid(String pointer, String reason) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The request is not valid.", List.of(new FieldError(pointer, reason)));
    }
}
