package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong at a vendor. Without {@link #times} it goes wrong until the faults are cleared.
 *
 * @param outcome what happens
 * @param delay waited before it happens
 * @param match only requests that contain this text in path, query or body; null: all
 * @param times how often it happens; 0: always
 */
public record Fault(
        Outcome outcome, Duration delay, @Nullable String match, int times) {

    /** What happens to a request. */
    sealed interface Outcome {
        /** The request is answered so, and has no effect. */
        record Answered(Answer answer) implements Outcome {}

        /** The request takes its ordinary way; the answer carries these headers too. */
        record Passed(Map<String, String> headers) implements Outcome {}

        /** The connection ends without an answer; the request has no effect. */
        record Dropped() implements Outcome {}

        /** The request has its whole effect, but the connection ends without an answer. */
        record AnswerLost() implements Outcome {}

        /** The request has its whole effect at once, and is answered later: whoever dies meanwhile never knows. */
        record AnswerLate(Duration by) implements Outcome {}
    }

    private static Fault always(Outcome outcome) {
        return new Fault(outcome, Duration.ZERO, null, 0);
    }

    /** Answers with this status and a short JSON body. */
    public static Fault status(int status) {
        return answer(status, Map.of("Content-Type", "application/json"), "{\"error\":{\"code\":\"simulated\"}}");
    }

    /** Answers exactly this. */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return always(new Outcome.Answered(Answer.text(status, headers, "text/plain; charset=UTF-8", body)));
    }

    /** 429 with {@code Retry-After} in whole seconds, as most vendors (not Meta) throttle. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return answer(
                429,
                Map.of("Retry-After", Long.toString(retryAfter.toSeconds()), "Content-Type", "application/json"),
                "{\"error\":{\"code\":\"rate_limited\",\"message\":\"Too many requests\"}}");
    }

    /** An error as Graph and WhatsApp write it; the status is the one that goes with the code. */
    public static Fault graphError(int code, @Nullable Integer subcode, String message) {
        return always(new Outcome.Answered(
                GraphError.of(code, message).subcode(subcode).answer()));
    }

    /** Throttled as Graph and WhatsApp say it: by error code, with usage headers and without {@code Retry-After}. */
    public static Fault throttle(int code) {
        return always(new Outcome.Answered(GraphThrottle.answer(code)));
    }

    /** The vendor is down and says so: 503, with code 2 from Graph and WhatsApp. */
    public static Fault outage(Vendor vendor) {
        return switch (vendor) {
            case GRAPH, WHATSAPP, CONVERSIONS -> always(new Outcome.Answered(GraphError.outage()));
            case CRM, OAUTH, ECHO, HUBSPOT, SALESFORCE, ZOHO, SLACK, TELEGRAM, TWILIO, GOOGLE, PIPEDRIVE, SENDGRID ->
                status(503);
        };
    }

    /** 502 with an HTML page, as an edge server answers when what is behind it is away. */
    public static Fault htmlBadGateway() {
        return answer(
                502,
                Map.of("Content-Type", "text/html"),
                "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>");
    }

    /** Closes the connection unanswered, before the request has any effect. */
    public static Fault reset() {
        return always(new Outcome.Dropped());
    }

    /** Does what is asked, then closes the connection unanswered: the caller cannot know that it worked. */
    public static Fault lostResponse() {
        return always(new Outcome.AnswerLost());
    }

    /** Does what is asked at once, and answers later. */
    public static Fault lateAnswer(Duration by) {
        return always(new Outcome.AnswerLate(by));
    }

    /** A late but true answer. */
    public static Fault slow(Duration delay) {
        return headers(Map.of()).after(delay);
    }

    /** A true answer that carries more headers, such as usage close to a limit. */
    public static Fault headers(Map<String, String> headers) {
        return always(new Outcome.Passed(headers));
    }

    /** The same fault, for the next {@code times} requests (that match) only. */
    public Fault times(int times) {
        return new Fault(outcome, delay, match, times);
    }

    /** The same fault, for requests that contain this text in path, query or body. */
    public Fault matching(String text) {
        return new Fault(outcome, delay, text, times);
    }

    /** The same fault, after a delay. */
    public Fault after(Duration delay) {
        return new Fault(outcome, delay, match, times);
    }
}
