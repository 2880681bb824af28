package dev.automationengine.trigger.webhook;

import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.trigger.answer.WebhookAnswers;
import dev.automationengine.trigger.intake.BodyReader;
import dev.automationengine.trigger.intake.InboundIntake;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes calls of the paths that active workflows listen to. */
@RestController
class WebhookController {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Subscriptions subscriptions;
    private final CatchUp catchUp;
    private final WebhookLimits limits;
    private final WebhookGuard guard;
    private final WebhookCalls calls;
    private final BodyReader bodies;
    private final InboundIntake intake;
    private final WebhookAnswers answers;
    private final WebhookProperties properties;
    private final MeterRegistry meters;

    WebhookController(
            Subscriptions subscriptions,
            CatchUp catchUp,
            WebhookLimits limits,
            WebhookGuard guard,
            WebhookCalls calls,
            BodyReader bodies,
            InboundIntake intake,
            WebhookAnswers answers,
            WebhookProperties properties,
            MeterRegistry meters) {
        this.subscriptions = subscriptions;
        this.catchUp = catchUp;
        this.limits = limits;
        this.guard = guard;
        this.calls = calls;
        this.bodies = bodies;
        this.intake = intake;
        this.answers = answers;
        this.properties = properties;
        this.meters = meters;
    }

    /** A call: 202 once Kafka has it, or 200 with the outcome of a workflow that says so. */
    @Operation(
            operationId = "callWebhook",
            summary = "Call the path that a workflow listens to",
            description = "202 once it is stored, or 200 with the outcome of a workflow that says so.")
    @ApiResponse(responseCode = "202", description = "It is stored", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "200",
            description = "The outcome, of a workflow that says so",
            useReturnTypeSchema = true)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @PostMapping("/webhooks/{org}/{*path}")
    ResponseEntity<Map<String, @Nullable Object>> call(
            @PathVariable String org, @PathVariable String path, HttpServletRequest request) {
        OrgId orgId = organization(org);
        String relative = path.substring(1);
        List<WorkflowChange> listeners = listeners(orgId, relative);
        limits.requireOpen(orgId, relative);
        byte[] body = bodies.read(request, properties.maxBody());
        guard.admit(listeners, request, body);
        limits.count(orgId, relative);
        InboundMessage.WebhookCall call =
                calls.call(orgId, relative, request, body, WebhookGuard.secretHeaders(listeners));
        intake.accept(call);
        meters.counter("engine.trigger.webhook.calls").increment();
        return answers.answer(listeners, EventId.of(orgId, WebhookEvents.source(relative), call.id()));
    }

    /** A sender gives up on a 404, so there is none before all subscriptions are known. */
    private List<WorkflowChange> listeners(OrgId org, String path) {
        List<WorkflowChange> listeners = subscriptions.ofWebhook(org, path);
        // One that is not known yet may be the one that asks for a signature.
        if (!catchUp.isDone()) {
            throw ProblemException.unavailable("The service is starting. Send it again.", RETRY_AFTER, null);
        }
        if (listeners.isEmpty()) {
            throw ProblemException.notFound("webhook");
        }
        return listeners;
    }

    private static OrgId organization(String text) {
        try {
            return new OrgId(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("webhook");
        }
    }
}
