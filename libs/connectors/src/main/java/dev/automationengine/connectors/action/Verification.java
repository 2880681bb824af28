package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.expressions.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the third party is asked whether an action has happened already: the member {@code verify} of a manifest. The
 * look-up must find what the action made by the effect key, and must find it at once: a search index that lags behind
 * would let the action happen twice.
 */
final class Verification {
    private final RequestTemplate request;
    private final List<String> absent;
    private final Condition found;
    private final AnswerTemplate output;
    private final ErrorRules rules;
    private final OutboundHttp http;
    private final Errors errors;

    private Verification(
            RequestTemplate request,
            List<String> absent,
            Condition found,
            AnswerTemplate output,
            ErrorRules rules,
            OutboundHttp http,
            Errors errors) {
        this.request = request;
        this.absent = absent;
        this.found = found;
        this.output = output;
        this.rules = rules;
        this.http = http;
        this.errors = errors;
    }

    /**
     * Reads the member {@code verify}.
     *
     * @param node {@code request}: as that of the action; {@code absent}: statuses that mean that it has not happened,
     *     such as 404; {@code found}: the condition, on {@code status} and {@code body}, that it has; {@code output}:
     *     what later steps get then
     * @param request its request
     */
    static Verification read(
            ManifestNode node, RequestTemplate request, ErrorRules rules, OutboundHttp http, Errors errors) {
        node.only("request", "absent", "found", "output");
        return new Verification(
                request,
                node.get("absent").texts(),
                node.get("found").condition(),
                AnswerTemplate.readOutput(node.get("output")),
                rules,
                http,
                errors);
    }

    /**
     * Looks.
     *
     * @return that it was done, with its output; that looking failed, which says nothing of the action; empty if it
     *     was not done
     */
    Optional<ActionResult> look(ActionCall call) {
        Redactor redactor = Redactor.of(call.credential());
        OutboundRequest outbound = request.render(call);
        return switch (http.send(outbound, call.connection())) {
            case Exchange.Unanswered unanswered ->
                Optional.of(harmless(errors.unanswered(outbound, unanswered, redactor)));
            case Exchange.Answered answered -> judged(outbound, answered, redactor);
        };
    }

    private Optional<ActionResult> judged(OutboundRequest outbound, Exchange.Answered answered, Redactor redactor) {
        int status = answered.status();
        if (absent.contains(Integer.toString(status))) {
            return Optional.empty();
        }
        AnswerBody body = AnswerBody.of(answered, redactor);
        if (!StatusClass.success(status)) {
            return Optional.of(errors.answered(outbound, answered, rules, body, redactor));
        }
        // Fields of conditions are members of the trigger: here that is the answer.
        return found.test(Map.of("trigger", AnswerTemplate.context(status, body)))
                ? Optional.of(new ActionResult.Succeeded(output.output(status, body), status))
                : Optional.empty();
    }

    /** Of a look whose answer is lost there is no doubt: it has changed nothing. */
    private static ActionResult harmless(ActionResult result) {
        return result instanceof ActionResult.Failed failed
                ? new ActionResult.Failed(failed.error(), failed.retryAfter(), false, failed.connectionWide())
                : result;
    }
}
