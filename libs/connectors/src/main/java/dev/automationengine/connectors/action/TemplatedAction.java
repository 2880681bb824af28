package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.vault.Credential;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action that a manifest tells from request to answer. */
final class TemplatedAction implements Action {
    private final EffectMode effect;
    private final RequestTemplate request;
    private final AnswerTemplate answer;
    private final ErrorRules rules;
    private final @Nullable Verification verification;
    private final OutboundHttp http;
    private final Errors errors;

    TemplatedAction(
            EffectMode effect,
            RequestTemplate request,
            AnswerTemplate answer,
            ErrorRules rules,
            @Nullable Verification verification,
            OutboundHttp http,
            Errors errors) {
        this.effect = effect;
        this.request = request;
        this.answer = answer;
        this.rules = rules;
        this.verification = verification;
        this.http = http;
        this.errors = errors;
    }

    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return effect;
    }

    @Override
    public ActionResult run(ActionCall call) {
        return verification != null && call.inDoubt() ? verification.look(call).orElseGet(() -> act(call)) : act(call);
    }

    private ActionResult act(ActionCall call) {
        Redactor redactor = Redactor.of(call.credential());
        OutboundRequest outbound = request.render(call);
        return switch (http.send(outbound, call.connection())) {
            case Exchange.Unanswered unanswered -> errors.unanswered(outbound, unanswered, redactor);
            case Exchange.Answered answered -> {
                AnswerBody body = AnswerBody.of(answered, redactor);
                yield StatusClass.success(answered.status()) && !answer.failed(answered.status(), body)
                        ? new ActionResult.Succeeded(
                                answer.output(answered.status(), body), answered.status(), errors.rest(answered))
                        : errors.answered(outbound, answered, rules, body, redactor);
            }
        };
    }

    /** What the templates of a request read. Secrets are not among it. */
    static Map<String, @Nullable Object> context(ActionCall call, Map<String, String> settings) {
        Credential credential = call.credential();
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("input", call.input());
        context.put("settings", settings);
        context.put("job", Map.of("id", call.effectKey()));
        context.put("credential", Map.of("attributes", credential == null ? Map.of() : credential.attributes()));
        return context;
    }

    /** Members without those that are null, for outputs of answers that lack something. */
    static Map<String, @Nullable Object> withoutNulls(Map<?, ?> members) {
        Map<String, @Nullable Object> present = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                present.put(String.valueOf(name), value);
            }
        });
        return present;
    }

    /** Whether a value is small enough for an output though the body it comes from is not. */
    static boolean small(@Nullable Object value) {
        return !(value instanceof Map || value instanceof List)
                && String.valueOf(value).length() <= AnswerBody.MAX_OUTPUT / 16;
    }
}
