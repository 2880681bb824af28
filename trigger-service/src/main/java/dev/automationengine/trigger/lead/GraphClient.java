package dev.automationengine.trigger.lead;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.meta.MetaHmac;
import dev.automationengine.trigger.lead.GraphAnswer.Kind;
import dev.automationengine.trigger.meta.MetaProperties;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads leads by their ids.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving">Retrieving Leads</a>
 * @see <a href="https://developers.facebook.com/docs/graph-api/batch-requests">Batch Requests</a>
 */
@Component
class GraphClient {
    /** Most leads per call: Graph's limit. */
    static final int MAX_BATCH = 50;

    private static final String FIELDS = "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,"
            + "form_id,is_organic,platform,field_data,custom_disclaimer_responses";
    private static final String QUESTIONS = "questions";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OutboundHttp http;
    private final JsonMapper json;
    private final MetaProperties meta;
    private final GraphUsage usage;

    GraphClient(OutboundHttp http, JsonMapper json, MetaProperties meta, GraphUsage usage) {
        this.http = http;
        this.json = json;
        this.meta = meta;
        this.usage = usage;
    }

    /** The leads with these ids, as far as the token may see them; an id that Graph leaves out has no answer. */
    Map<String, GraphAnswer> leads(String token, List<String> ids) {
        return ids.size() == 1 ? Map.of(ids.getFirst(), one(token, ids.getFirst())) : several(token, ids);
    }

    /** A form with its questions. A lead waits for it, so it is not waited for as long as for a lead. */
    GraphAnswer form(String token, String id) {
        return node(token, id, QUESTIONS, meta.formTimeout());
    }

    private GraphAnswer one(String token, String id) {
        return node(token, id, FIELDS, meta.callTimeout());
    }

    private GraphAnswer node(String token, String id, String fields, Duration timeout) {
        String query = "?fields=" + fields + proof(token, "&");
        OutboundRequest request = new OutboundRequest(
                "GET", url("/" + encoded(id) + query), Map.of("authorization", "Bearer " + token), null, timeout);
        return switch (http.send(request)) {
            case Exchange.Answered answered -> answer(answered.status(), body(answered));
            case Exchange.Unanswered unanswered -> unanswered(unanswered);
        };
    }

    private Map<String, GraphAnswer> several(String token, List<String> ids) {
        List<Map<String, String>> batch = ids.stream()
                .map(id ->
                        Map.of("method", "GET", "relative_url", meta.graphVersion() + "/" + id + "?fields=" + FIELDS))
                .toList();
        String body = "include_headers=false&batch=" + encoded(json.writeValueAsString(batch)) + proof(token, "&");
        OutboundRequest request = new OutboundRequest(
                "POST",
                url("/"),
                Map.of("authorization", "Bearer " + token),
                new OutboundRequest.Body(FORM, body.getBytes(StandardCharsets.US_ASCII)),
                meta.callTimeout());
        return switch (http.send(request)) {
            case Exchange.Answered answered -> answers(ids, answered.status(), body(answered));
            case Exchange.Unanswered unanswered -> all(ids, unanswered(unanswered));
        };
    }

    private Map<String, GraphAnswer> answers(List<String> ids, int status, JsonNode body) {
        if (!body.isArray()) {
            return all(ids, GraphFailures.of(status, body));
        }
        Map<String, GraphAnswer> answers = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            JsonNode item = body.path(i);
            if (item.isObject()) {
                answers.put(
                        ids.get(i),
                        answer(
                                item.path("code").asInt(0),
                                parse(item.path("body").asString("").getBytes(StandardCharsets.UTF_8))));
            }
        }
        return answers;
    }

    private static GraphAnswer answer(int status, JsonNode body) {
        return status == 200 && body.has("id") ? new GraphAnswer.Found(body) : GraphFailures.of(status, body);
    }

    private static GraphAnswer unanswered(Exchange.Unanswered unanswered) {
        return new GraphAnswer.Refused(unanswered.reason().name().toLowerCase(Locale.ROOT), Kind.PASSING);
    }

    private static Map<String, GraphAnswer> all(List<String> ids, GraphAnswer answer) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> answer));
    }

    private JsonNode body(Exchange.Answered answered) {
        usage.record(answered.headers());
        return parse(answered.body());
    }

    /** What an edge answers in HTML is nothing that we can read. */
    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private URI url(String rest) {
        return URI.create(meta.graphUrl() + "/" + meta.graphVersion() + rest);
    }

    private String proof(String token, String separator) {
        if (!meta.appSecretProof()) {
            return "";
        }
        return separator + "appsecret_proof=" + MetaHmac.proof(meta.appSecrets().getFirst(), token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
