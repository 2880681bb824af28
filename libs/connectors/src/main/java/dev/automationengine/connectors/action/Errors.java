package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.http.SpentBudget;
import dev.automationengine.connectors.http.WaitHints;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes failures of calls into errors that a person can act on. */
final class Errors {
    private static final String CHECK_STEP = "Correct the step's configuration, then redrive.";
    private static final String PASSES = "Nothing to do: the engine tries again as the step's retry policy says.";

    /** An open breaker that does not say how long it stays so. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    private final InstantSource clock;

    Errors(InstantSource clock) {
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** How long nothing more should be sent with the credential of a call that was done; null if the answer is silent. */
    @Nullable
    Duration rest(Exchange.Answered answer) {
        return SpentBudget.read(answer.headers(), clock.instant()).orElse(null);
    }

    /** The step's own configuration cannot work; nothing was sent. */
    static ActionResult.Failed configuration(String code, String message, String advice) {
        return new ActionResult.Failed(
                new StepError(ErrorClass.CONFIGURATION, code, message, null, null, null, advice), false);
    }

    /** The input cannot be made into a request. */
    static ActionResult.Failed invalidInput(InvalidInputException e) {
        return configuration("invalid_input", String.valueOf(e.getMessage()), CHECK_STEP);
    }

    /** There was no usable answer. */
    ActionResult unanswered(OutboundRequest request, Exchange.Unanswered unanswered, Redactor redactor) {
        Exchange.Reason reason = unanswered.reason();
        if (reason == Exchange.Reason.BREAKER_OPEN) {
            return new ActionResult.Postponed(
                    ActionResult.Reason.BREAKER_OPEN, Objects.requireNonNullElse(unanswered.retryAfter(), SHORT_WAIT));
        }
        StepError error = new StepError(
                errorClass(reason),
                reason.name().toLowerCase(Locale.ROOT),
                redactor.mask(unanswered.detail()),
                null,
                redactor.mask(described(request)),
                null,
                advice(reason));
        return new ActionResult.Failed(error, unanswered.sent());
    }

    /** There was an answer that means failure. */
    ActionResult.Failed answered(
            OutboundRequest request, Exchange.Answered answer, ErrorRules rules, AnswerBody body, Redactor redactor) {
        ErrorRules.Verdict verdict = rules.judge(answer.status(), body);
        StepError error = new StepError(
                verdict.errorClass(),
                redactor.mask(verdict.code()),
                "The answer was " + answer.status()
                        + verdict.detail().map(detail -> ": " + detail).orElse(""),
                answer.status(),
                redactor.mask(described(request)),
                body.text().isEmpty() ? null : body.text(),
                verdict.advice());
        boolean throttled = verdict.errorClass() == ErrorClass.THROTTLED;
        Duration wait = WaitHints.read(answer.headers(), throttled, clock.instant())
                .or(verdict::pause)
                .orElse(null);
        return new ActionResult.Failed(error, wait, false, throttled && verdict.connectionWide());
    }

    /** Method and URL without the query, which often holds keys or personal data. */
    private static String described(OutboundRequest request) {
        URI url = request.url();
        String query = url.getRawQuery() == null ? "" : "?...";
        return request.method() + " " + url.getScheme() + "://" + url.getRawAuthority() + path(url) + query;
    }

    private static String path(URI url) {
        @Nullable String path = url.getRawPath();
        return path == null ? "" : path;
    }

    private static ErrorClass errorClass(Exchange.Reason reason) {
        return switch (reason) {
            case INVALID, BLOCKED, REDIRECT_REFUSED -> ErrorClass.CONFIGURATION;
            case UNRESOLVED, NO_CONNECTION, BROKEN, BREAKER_OPEN -> ErrorClass.OUTAGE;
            case TIMEOUT -> ErrorClass.TIMEOUT;
            case TOO_LARGE -> ErrorClass.REJECTED;
        };
    }

    private static String advice(Exchange.Reason reason) {
        return switch (reason) {
            case INVALID -> CHECK_STEP;
            case BLOCKED ->
                "Use a public address. Private networks can be allowed by the operator (engine.outbound.allowed-networks).";
            case REDIRECT_REFUSED -> "Put the final URL into the step.";
            case UNRESOLVED -> "If this goes on, check the host name.";
            case NO_CONNECTION, BREAKER_OPEN -> PASSES;
            case TIMEOUT, BROKEN ->
                "Nobody knows whether the third party acted. The engine repeats only what is safe to repeat.";
            case TOO_LARGE ->
                "The third party may have acted, but answered more than the engine reads: ask it for less.";
        };
    }
}
