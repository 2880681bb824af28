package dev.automationengine.trigger.meta.app;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.meta.GraphError;
import dev.automationengine.connectors.meta.MetaHmac;
import dev.automationengine.trigger.meta.MetaProperties;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls {@code /{app}/subscriptions} with the app's own token, which is made of its id and secret.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/reference/app/subscriptions">App subscriptions</a>
 */
@Component
class AppCalls {
    private static final int OK = 200;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OutboundHttp http;
    private final JsonMapper json;
    private final MetaProperties meta;
    private final AppProperties app;

    AppCalls(OutboundHttp http, JsonMapper json, MetaProperties meta, AppProperties app) {
        this.http = http;
        this.json = json;
        this.meta = meta;
        this.app = app;
    }

    /** What comes of a call. */
    sealed interface Answer {
        /** Graph's answer. */
        record Told(JsonNode body) implements Answer {}

        /** None that helps; the code is a short name. */
        record Refused(String code) implements Answer {}
    }

    /** All subscriptions of the app. */
    Answer read() {
        return send("GET", null);
    }

    /** Subscribes the app to fields of pages. Graph asks the callback for the handshake before it answers. */
    Answer subscribe(String callbackUrl, Set<String> fields) {
        return send(
                "POST",
                Map.of(
                        "object",
                        "page",
                        "callback_url",
                        callbackUrl,
                        "fields",
                        String.join(",", fields),
                        "include_values",
                        "true",
                        "verify_token",
                        meta.verifyToken()));
    }

    private Answer send(String method, @Nullable Map<String, String> form) {
        String token = app.appId() + "|" + meta.appSecrets().getFirst();
        String query = meta.appSecretProof()
                ? "?appsecret_proof=" + MetaHmac.proof(meta.appSecrets().getFirst(), token)
                : "";
        OutboundRequest request = new OutboundRequest(
                method,
                URI.create(meta.graphUrl() + "/" + meta.graphVersion() + "/" + app.appId() + "/subscriptions" + query),
                Map.of("authorization", "Bearer " + token),
                form == null ? null : new OutboundRequest.Body(FORM, encoded(form)),
                meta.callTimeout());
        return switch (http.send(request)) {
            case Exchange.Answered answered -> answer(answered.status(), parse(answered.body()));
            case Exchange.Unanswered unanswered ->
                new Answer.Refused(unanswered.reason().name().toLowerCase(Locale.ROOT));
        };
    }

    private static Answer answer(int status, JsonNode body) {
        return status == OK && body.isObject() && !body.has("error")
                ? new Answer.Told(body)
                : new Answer.Refused(GraphError.of(status, body).code());
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
