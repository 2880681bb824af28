package dev.automationengine.localstack.simulator;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A lead as JSON, with the fields that were asked for.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving">Meta: retrieving
 *     leads</a>
 */
record GraphLeadNode(List<String> fields) {
    /** Graph writes the offset without a colon, which Instant.parse does not read. */
    private static final DateTimeFormatter CREATED_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final List<String> DEFAULT_FIELDS = List.of("id", "created_time", "ad_id", "form_id", "field_data");
    /** All fields of the Lead node in Meta's SDK of version 26. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "created_time",
            "ad_id",
            "ad_name",
            "adset_id",
            "adset_name",
            "campaign_id",
            "campaign_name",
            "form_id",
            "is_organic",
            "platform",
            "partner_name",
            "retailer_item_id",
            "field_data",
            "custom_disclaimer_responses",
            "post",
            "post_submission_check_result",
            "home_listing",
            "vehicle");

    /**
     * The fields that the call asks for.
     *
     * @throws Refused if one of them is no field of a lead
     */
    static GraphLeadNode fieldsOf(Call call) {
        List<String> asked = call.parameter("fields")
                .map(list ->
                        Arrays.stream(list.split(",", -1)).map(String::strip).toList())
                .orElse(DEFAULT_FIELDS);
        for (String field : asked) {
            if (!KNOWN.contains(field)) {
                throw GraphError.badParameter(
                                "Tried accessing nonexisting field (" + field + ") on node type (UserLeadGenInfo)")
                        .refused();
            }
        }
        return new GraphLeadNode(asked);
    }

    ObjectNode project(Lead lead) {
        ObjectNode node = Json.object();
        fields.forEach(field -> put(node, field, lead));
        node.put("id", lead.id());
        return node;
    }

    private static void put(ObjectNode node, String field, Lead lead) {
        switch (field) {
            case "created_time" -> node.put(field, CREATED_TIME.format(lead.createdTime()));
            case "form_id" -> node.put(field, lead.formId());
            case "is_organic" -> node.put(field, lead.organic());
            case "field_data" -> node.set(field, fieldData(lead));
            case "custom_disclaimer_responses" -> putDisclaimers(node, field, lead);
            default -> putAdField(node, field, lead);
        }
    }

    /** What a lead does not have is left out, not null. */
    private static void putAdField(ObjectNode node, String field, Lead lead) {
        String value = lead.ad().get(field);
        if (value != null) {
            node.put(field, value);
        }
    }

    private static ArrayNode fieldData(Lead lead) {
        ArrayNode data = Json.array();
        lead.answers().forEach((name, values) -> {
            ArrayNode list = data.addObject().put("name", name).putArray("values");
            values.forEach(list::add);
        });
        return data;
    }

    private static void putDisclaimers(ObjectNode node, String field, Lead lead) {
        if (lead.disclaimers().isEmpty()) {
            return;
        }
        ArrayNode responses = node.putArray(field);
        lead.disclaimers()
                .forEach((key, checked) ->
                        responses.addObject().put("checkbox_key", key).put("is_checked", checked ? "1" : ""));
    }
}
