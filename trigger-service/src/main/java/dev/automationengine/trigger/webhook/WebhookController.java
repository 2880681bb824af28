package dev.automationengine.trigger.webhook;

import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.trigger.intake.BodyReader;
import dev.automationengine.trigger.intake.InboundIntake;
import dev.automationengine.trigger.subscription.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes calls of the paths that active workflows listen to. */
@RestController
class WebhookController {
    private final Subscriptions subscriptions;
    private final WebhookCalls calls;
    private final BodyReader bodies;
    private final InboundIntake intake;
    private final WebhookProperties properties;

    WebhookController(
            Subscriptions subscriptions,
            WebhookCalls calls,
            BodyReader bodies,
            InboundIntake intake,
            WebhookProperties properties) {
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.bodies = bodies;
        this.intake = intake;
        this.properties = properties;
    }

    /** The answer to a call: under which id its event is found. */
    record Accepted(EventId eventId) {}

    /** A call: 202 once Kafka has it. */
    @PostMapping("/webhooks/{org}/{*path}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted call(@PathVariable String org, @PathVariable String path, HttpServletRequest request) {
        OrgId orgId = organization(org);
        String relative = path.substring(1);
        if (!subscriptions.listensTo(orgId, relative)) {
            throw ProblemException.notFound("webhook");
        }
        byte[] body = bodies.read(request, properties.maxBody());
        InboundMessage.WebhookCall call = calls.call(orgId, relative, request, body);
        intake.accept(call);
        return new Accepted(EventId.of(orgId, WebhookEvents.source(relative), call.id()));
    }

    private static OrgId organization(String text) {
        try {
            return new OrgId(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("webhook");
        }
    }
}
