package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look at what any URL answers. A server that knows validators (RFC 9110, 8.8) is asked for changes only. What the items of an
 * answer are, its format says.
 */
final class HttpPoll implements Action {
    private static final int NOT_MODIFIED = 304;

    private final Format format;
    private final OutboundHttp http;
    private final Errors errors;

    HttpPoll(Format format, OutboundHttp http, Errors errors) {
        this.format = format;
        this.http = http;
        this.errors = errors;
    }

    /** Reads answers. */
    @FunctionalInterface
    interface Format {
        /**
         * The items of an answer, each with {@link PollRunner#KEY}, {@link PollRunner#VERSION} and {@link PollRunner#DATA}.
         *
         * @param input the trigger's configuration
         * @return null if there is no list where it should be
         * @throws InvalidInputException if the configuration cannot be
         */
        @Nullable
        List<Object> items(Map<String, @Nullable Object> input, AnswerBody body);
    }

    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return EffectMode.IDEMPOTENT;
    }

    @Override
    public ActionResult run(ActionCall call) {
        Redactor redactor = Redactor.of(call.credential());
        OutboundRequest request = Conditional.request(HttpRequestAction.request(call), call.input());
        return switch (http.send(request, call.connection())) {
            case Exchange.Unanswered unanswered -> errors.unanswered(request, unanswered, redactor);
            case Exchange.Answered answered
            when answered.status() == NOT_MODIFIED ->
                new ActionResult.Succeeded(
                        Map.of(PollRunner.UNCHANGED, true), answered.status(), errors.rest(answered));
            case Exchange.Answered answered -> {
                AnswerBody body = AnswerBody.of(answered, redactor);
                yield StatusClass.success(answered.status())
                        ? found(call, answered, body)
                        : errors.answered(request, answered, ErrorRules.GENERAL, body, redactor);
            }
        };
    }

    private ActionResult found(ActionCall call, Exchange.Answered answered, AnswerBody body) {
        Map<String, @Nullable Object> output = new HashMap<>();
        output.put(PollRunner.ITEMS, format.items(call.input(), body));
        output.put(PollRunner.MEMO, Conditional.memo(answered));
        return new ActionResult.Succeeded(output, answered.status(), errors.rest(answered));
    }
}
