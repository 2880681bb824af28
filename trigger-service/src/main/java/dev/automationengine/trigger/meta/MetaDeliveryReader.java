package dev.automationengine.trigger.meta;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a delivery apart: entries times changes. Meta batches up to 1000 changes of several pages in one body, and sends
 * other fields of the same app to the same URL.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-leadgen">Webhooks
 *     for Leads</a>
 */
@Component
public class MetaDeliveryReader {
    private static final Pattern ID = Pattern.compile("[0-9]{1,40}");
    /** The end of the year 9999, which every calendar on the way can hold. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final String PLACEHOLDER_PAGE = "0";
    private static final String PLACEHOLDER_LEAD = "444444444444";

    private final JsonMapper json;

    MetaDeliveryReader(JsonMapper json) {
        this.json = json;
    }

    /** The leads that a delivery tells of; what is not a lead, or is Meta's test button, is left out. */
    public List<LeadgenChange> leads(String body) {
        List<LeadgenChange> leads = new ArrayList<>();
        for (JsonNode entry : json.readTree(body).path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                if (change.path("field").asString("").equals("leadgen")) {
                    LeadgenChange lead = lead(entry, change.path("value"));
                    if (lead != null) {
                        leads.add(lead);
                    }
                }
            }
        }
        return leads;
    }

    private static @Nullable LeadgenChange lead(JsonNode entry, JsonNode value) {
        String entryPage = text(entry, "id");
        String leadgenId = text(value, "leadgen_id");
        String pageId = text(value, "page_id") == null ? entryPage : text(value, "page_id");
        if (leadgenId == null
                || pageId == null
                || PLACEHOLDER_PAGE.equals(entryPage)
                || PLACEHOLDER_LEAD.equals(leadgenId)) {
            return null;
        }
        long created = value.path("created_time").asLong(0);
        return new LeadgenChange(
                leadgenId,
                pageId,
                text(value, "form_id"),
                created > 0 && created <= LAST_SECOND ? Instant.ofEpochSecond(created) : null);
    }

    /** Ids come as strings and as numbers. What is no id is left out: it must not become part of a URL. */
    private static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        String text = value.isString() || value.isIntegralNumber() ? value.asString() : "";
        return ID.matcher(text).matches() ? text : null;
    }
}
