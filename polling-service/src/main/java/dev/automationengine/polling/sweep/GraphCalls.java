package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.meta.MetaHmac;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls Graph with a token, in a header, and the proof that the caller has the app's secret. */
@Component
class GraphCalls {
    private final OutboundHttp http;
    private final JsonMapper json;
    private final GraphProperties graph;

    GraphCalls(@Qualifier("graphHttp") OutboundHttp http, JsonMapper json, GraphProperties graph) {
        this.http = http;
        this.json = json;
        this.graph = graph;
    }

    /** What comes of a call. */
    sealed interface Reply {
        /**
         * An answer, be it an error.
         *
         * @param body missing where it is no JSON, as an edge's page of HTML
         */
        record Answered(int status, JsonNode body) implements Reply {}

        /** None; the reason is a short name. */
        record Unanswered(String reason) implements Reply {}
    }

    /**
     * Makes a call.
     *
     * @param pathAndQuery behind the version, with a query and without token
     */
    Reply send(String method, String pathAndQuery, String token) {
        URI url = URI.create(graph.graphUrl() + "/" + graph.graphVersion() + "/" + pathAndQuery + proof(token));
        OutboundRequest request =
                new OutboundRequest(method, url, Map.of("authorization", "Bearer " + token), null, graph.callTimeout());
        return switch (http.send(request)) {
            case Exchange.Answered answered -> new Reply.Answered(answered.status(), parse(answered.body()));
            case Exchange.Unanswered unanswered ->
                new Reply.Unanswered(unanswered.reason().name().toLowerCase(Locale.ROOT));
        };
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private String proof(String token) {
        if (!graph.appSecretProof()) {
            return "";
        }
        return "&appsecret_proof=" + MetaHmac.proof(graph.appSecrets().getFirst(), token);
    }
}
