package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several calls in one. The outer status is 200 whatever becomes of the items; an item that Graph could not finish in
 * time is null. A fault that has a {@code match} hits items (their relative URL), one without it the whole batch.
 */
final class GraphBatch {
    private static final int MAX_ITEMS = 50;

    private final VendorApi items;
    private final Faults faults;

    GraphBatch(VendorApi items, Faults faults) {
        this.items = items;
        this.faults = faults;
    }

    Answer answer(Call call) {
        JsonNode batch = call.parameter("batch")
                .flatMap(text -> Json.parse(text.getBytes(UTF_8)))
                .filter(JsonNode::isArray)
                .orElseThrow(() ->
                        GraphError.badParameter("Param batch must be an array.").refused());
        if (batch.size() > MAX_ITEMS) {
            throw GraphError.of(100, "Too many requests in batch message. Maximum batch size is " + MAX_ITEMS)
                    .refused();
        }
        ArrayNode answers = Json.array();
        batch.forEach(item -> answers.add(answer(call, item)));
        return Answer.json(200, answers);
    }

    private JsonNode answer(Call outer, JsonNode item) {
        String relative = Json.text(item, "relative_url");
        Optional<Fault> fault = faults.take(Vendor.GRAPH, "/" + relative, true);
        if (fault.isEmpty()) {
            return item(answerOf(outer, item, relative));
        }
        return switch (fault.get().outcome()) {
            case Fault.Outcome.Answered(Answer answer) -> item(answer);
            case Fault.Outcome.Passed(Map<String, String> headers) ->
                item(answerOf(outer, item, relative).plus(headers));
            // Only a whole batch can be late.
            case Fault.Outcome.AnswerLate ignored -> item(answerOf(outer, item, relative));
            case Fault.Outcome.Dropped(), Fault.Outcome.AnswerLost() -> NullNode.getInstance();
        };
    }

    private Answer answerOf(Call outer, JsonNode item, String relative) {
        if (!Json.text(item, "method").equals("GET")) {
            return GraphError.of(100, "The simulator takes GET in a batch only").answer();
        }
        try {
            return items.answer(inner(outer, relative));
        } catch (Refused refused) {
            return refused.answer();
        } catch (IllegalArgumentException noUrl) {
            return GraphError.of(2500, "Unknown path components: /" + relative).answer();
        }
    }

    /** An item uses the token of the batch unless its URL has its own. */
    private static Call inner(Call outer, String relative) {
        URI url = URI.create("/graph/" + (relative.startsWith("/") ? relative.substring(1) : relative));
        String rawQuery = Optional.ofNullable(url.getRawQuery()).orElse("");
        Map<String, String> query = new LinkedHashMap<>(Form.decode(rawQuery));
        Map<String, String> headers = new LinkedHashMap<>(outer.headers());
        if (query.containsKey("access_token")) {
            headers.remove("authorization");
        } else {
            outer.parameter("access_token").ifPresent(token -> query.put("access_token", token));
            outer.parameter("appsecret_proof").ifPresent(proof -> query.put("appsecret_proof", proof));
        }
        return new Call("GET", url.getPath(), rawQuery, query, headers, new byte[0]);
    }

    private static ObjectNode item(Answer answer) {
        ObjectNode item = Json.object().put("code", answer.status());
        ArrayNode headers = item.putArray("headers");
        answer.headers()
                .forEach((name, value) -> headers.addObject().put("name", name).put("value", value));
        return item.put("body", answer.text());
    }
}
