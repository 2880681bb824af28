package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fault as the control API takes it: one of the kinds, with when and how often it happens.
 *
 * @param times how often; absent: until it is switched off
 * @param match only requests that contain this text
 * @param delayMs waited before, in milliseconds
 * @param status answers with this status, {@code headers} and {@code body} (text, or any JSON)
 * @param graphError an error in Graph's envelope
 * @param throttle an error code that means "throttled", such as 4, 17, 613, 80005, 130429
 * @param outage the vendor is down
 * @param html an HTML page with 502
 * @param reset the connection ends without effect
 * @param lostResponse the connection ends after the effect
 * @param answerDelayMs waited after the effect, before the answer, in milliseconds
 */
record FaultInput(
        @Nullable Integer times,
        @Nullable String match,
        @Nullable Long delayMs,
        @Nullable Integer status,
        @Nullable Map<String, String> headers,
        @Nullable JsonNode body,
        @Nullable GraphErrorInput graphError,
        @Nullable Integer throttle,
        boolean outage,
        boolean html,
        boolean reset,
        boolean lostResponse,
        @Nullable Long answerDelayMs) {
    Fault fault(Vendor vendor) {
        Fault fault = kind(vendor).after(Duration.ofMillis(delayMs == null ? 0 : delayMs));
        return (match == null ? fault : fault.matching(match)).times(times == null ? 0 : times);
    }

    private Fault kind(Vendor vendor) {
        if (status != null) {
            return answered(status);
        }
        if (graphError != null) {
            String message = graphError.message() == null ? "Simulated error" : graphError.message();
            return Fault.graphError(graphError.code(), graphError.errorSubcode(), message);
        }
        if (throttle != null) {
            return Fault.throttle(throttle);
        }
        if (outage) {
            return Fault.outage(vendor);
        }
        if (html) {
            return Fault.htmlBadGateway();
        }
        if (reset) {
            return Fault.reset();
        }
        if (lostResponse) {
            return Fault.lostResponse();
        }
        if (answerDelayMs != null) {
            return Fault.lateAnswer(Duration.ofMillis(answerDelayMs));
        }
        if (delayMs == null && headers == null) {
            throw new IllegalArgumentException("the fault does nothing: give status, graph_error, throttle, outage,"
                    + " html, reset, lost_response, answer_delay_ms, headers or delay_ms");
        }
        return Fault.headers(headers == null ? Map.of() : headers);
    }

    private Fault answered(int status) {
        if (body == null) {
            return headers == null ? Fault.status(status) : Fault.answer(status, headers, "");
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", body.isString() ? "text/plain; charset=UTF-8" : "application/json");
        all.putAll(headers == null ? Map.of() : headers);
        return Fault.answer(status, all, body.isString() ? body.stringValue() : body.toString());
    }

    record GraphErrorInput(
            int code,
            @Nullable Integer errorSubcode,
            @Nullable String message) {}
}
