package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for what changed since the last answer, by the validators of that: RFC 9110, 13.1. */
final class Conditional {
    private static final String ETAG = "etag";
    private static final String LAST_MODIFIED = "last-modified";
    private static final int LONGEST = 512;

    private Conditional() {}

    static OutboundRequest request(OutboundRequest request, Map<String, @Nullable Object> input) {
        if (!(input.get(PollRunner.CURSOR) instanceof Map<?, ?> cursor)) {
            return request;
        }
        Map<String, String> headers = new HashMap<>(request.headers());
        if (cursor.get(ETAG) instanceof String etag) {
            headers.put("If-None-Match", etag);
        }
        if (cursor.get(LAST_MODIFIED) instanceof String time) {
            headers.put("If-Modified-Since", time);
        }
        return new OutboundRequest(
                request.method(), request.url(), headers, request.body(), request.timeout(), request.followRedirects());
    }

    /** What to ask with next time. */
    static Map<String, String> memo(Exchange.Answered answered) {
        Map<String, String> memo = new HashMap<>();
        for (String name : new String[] {ETAG, LAST_MODIFIED}) {
            String value = answered.headers().get(name);
            if (value != null && !value.isBlank() && value.length() <= LONGEST) {
                memo.put(name, value);
            }
        }
        return memo;
    }
}
