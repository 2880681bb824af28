package dev.automationengine.trigger.webhook;

import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.trigger.intake.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes a message of a request. */
@Component
class WebhookCalls {
    /** They belong to the way here and not to the call. */
    private static final Set<String> LEFT_OUT = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "forwarded",
            "traceparent",
            "tracestate",
            "baggage");

    private static final List<String> SECRET_WORDS =
            List.of("token", "secret", "password", "api-key", "apikey", "authorization", "cookie");

    private static final String FORWARDED = "x-forwarded-";
    private static final int LONGEST_ID = 200;

    private final BodyReader bodies;
    private final Traces traces;
    private final InstantSource clock;

    WebhookCalls(BodyReader bodies, Traces traces, InstantSource clock) {
        this.bodies = bodies;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * The message of a call.
     *
     * @param secretHeaders headers that are left out, in lower case
     */
    InboundMessage.WebhookCall call(
            OrgId org, String path, HttpServletRequest request, byte[] body, Set<String> secretHeaders) {
        if (isJson(request.getContentType())) {
            bodies.requireJson(body);
        }
        return new InboundMessage.WebhookCall(
                id(request),
                org,
                path,
                clock.instant(),
                headers(request, secretHeaders),
                query(request),
                request.getContentType(),
                new String(body, StandardCharsets.UTF_8),
                traces.traceparent());
    }

    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** The caller's own id makes a repeated call the same event. */
    private static String id(HttpServletRequest request) {
        for (String header : List.of("webhook-id", "idempotency-key")) {
            String id = request.getHeader(header);
            String bare = id == null ? "" : id.replace("\"", "").strip();
            if (!bare.isEmpty() && bare.length() <= LONGEST_ID) {
                return bare;
            }
        }
        return UUID.randomUUID().toString();
    }

    private static Map<String, String> headers(HttpServletRequest request, Set<String> secretHeaders) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(lower)
                    && !secretHeaders.contains(lower)
                    && !lower.startsWith(FORWARDED)
                    && SECRET_WORDS.stream().noneMatch(lower::contains)) {
                headers.put(lower, String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
        return headers;
    }

    /** From the URL alone: asking the container for parameters would use up a form's body. */
    private static Map<String, String> query(HttpServletRequest request) {
        String text = request.getQueryString();
        if (text == null) {
            return Map.of();
        }
        Map<String, String> query = new LinkedHashMap<>();
        UriComponentsBuilder.newInstance().query(text).build().getQueryParams().forEach((name, values) -> {
            String first = values.getFirst();
            query.put(decoded(name), first == null ? "" : decoded(first));
        });
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
