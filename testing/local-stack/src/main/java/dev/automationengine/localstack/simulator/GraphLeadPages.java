package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The leads of a form: newest first, filtered by time, in pages that end where {@code paging.next} is absent. */
final class GraphLeadPages {
    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 500;

    private final Leads leads;

    GraphLeadPages(Leads leads) {
        this.leads = leads;
    }

    Answer answer(Call call, String formId, String token) {
        GraphLeadNode fields = GraphLeadNode.fieldsOf(call);
        int limit = limit(call);
        List<Lead> matching = leads.ofForm(formId).stream().filter(filter(call)).toList();
        int from =
                call.parameter("after").map(after -> position(matching, after)).orElse(0);
        List<Lead> page = matching.subList(from, Math.min(from + limit, matching.size()));

        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        page.forEach(lead -> data.add(fields.project(lead)));
        if (!page.isEmpty()) {
            body.set("paging", paging(call, page, from + page.size() < matching.size(), token));
        }
        return Answer.json(200, body);
    }

    private static ObjectNode paging(Call call, List<Lead> page, boolean more, String token) {
        ObjectNode paging = Json.object();
        String after = cursor(page.getLast());
        paging.putObject("cursors").put("before", cursor(page.getFirst())).put("after", after);
        if (more) {
            Map<String, String> query = new LinkedHashMap<>(call.query());
            query.put("after", after);
            // Graph puts the token into the link: who logs the link logs the token.
            query.put("access_token", token);
            String host = call.header("host").orElse("localhost");
            paging.put("next", "http://" + host + call.path() + "?" + Form.encode(query));
        }
        return paging;
    }

    private static int limit(Call call) {
        int limit = call.parameter("limit").map(GraphLeadPages::positive).orElse(DEFAULT_LIMIT);
        if (limit > MAX_LIMIT) {
            throw GraphError.of(1, "Please reduce the amount of data you're asking for, then retry your request")
                    .refused();
        }
        return limit;
    }

    private static int positive(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as a number that is not positive
        }
        throw GraphError.badParameter("Param limit must be a positive number").refused();
    }

    private static String cursor(Lead lead) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lead.id().getBytes(UTF_8));
    }

    private static int position(List<Lead> matching, String after) {
        for (int i = 0; i < matching.size(); i++) {
            if (cursor(matching.get(i)).equals(after)) {
                return i + 1;
            }
        }
        throw GraphError.badParameter("Invalid cursors values").refused();
    }

    private static Predicate<Lead> filter(Call call) {
        Optional<String> filtering = call.parameter("filtering");
        if (filtering.isEmpty()) {
            return lead -> true;
        }
        JsonNode conditions = Json.parse(filtering.get().getBytes(UTF_8))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> GraphError.badParameter("Param filtering must be an array.")
                        .refused());
        Predicate<Lead> all = lead -> true;
        for (JsonNode condition : conditions) {
            all = all.and(condition(condition));
        }
        return all;
    }

    private static Predicate<Lead> condition(JsonNode condition) {
        if (!Json.text(condition, "field").equals("time_created")
                || !condition.path("value").isIntegralNumber()) {
            throw GraphError.badParameter("Filtering field is invalid").refused();
        }
        long seconds = condition.path("value").longValue();
        return switch (Json.text(condition, "operator")) {
            case "GREATER_THAN" -> lead -> lead.createdTime().getEpochSecond() > seconds;
            case "GREATER_THAN_OR_EQUAL" -> lead -> lead.createdTime().getEpochSecond() >= seconds;
            case "LESS_THAN" -> lead -> lead.createdTime().getEpochSecond() < seconds;
            default ->
                throw GraphError.badParameter("Filtering operator is invalid").refused();
        };
    }
}
