package dev.automationengine.trigger.lead;

import dev.automationengine.kit.privacy.Masks;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.trigger.ledger.LeadEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes an event of a lead. */
@Component
class LeadEvents {
    private static final String TYPE = "dev.automationengine.lead.received.v1";
    // Graph writes an offset without a colon, which ISO-8601's parser does not take.
    private static final DateTimeFormatter GRAPH_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ");
    private static final List<String> COPIED =
            List.of("ad_id", "ad_name", "adset_id", "adset_name", "campaign_id", "campaign_name", "platform");

    LeadEvents() {}

    /** The id of the event of a lead, known before the lead is fetched. */
    static EventId id(LeadNotice notice) {
        return LeadEntry.id(notice.orgId(), notice.leadgenId());
    }

    /** The form of a lead, as Graph says, or as the notice does; null if neither does. */
    static @Nullable String formId(LeadNotice notice, JsonNode lead) {
        String said = text(lead, "form_id");
        return said == null ? notice.formId() : said;
    }

    /**
     * The event.
     *
     * @param personal names of answers that the form's schema says are personal
     */
    AutomationEvent event(LeadNotice notice, JsonNode lead, Set<String> personal) {
        String formId = formId(notice, lead);
        Instant created = created(lead, notice);
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("lead_id", notice.leadgenId());
        payload.put("form_id", formId);
        payload.put("page_id", notice.pageId());
        COPIED.forEach(member -> payload.put(member, text(lead, member)));
        payload.put("is_organic", lead.path("is_organic").asBoolean(false));
        payload.put("created_time", created.toString());
        Map<String, List<String>> answers = answers(lead);
        Map<String, String> fields = new LinkedHashMap<>();
        answers.forEach((name, values) -> {
            if (!values.isEmpty()) {
                fields.put(name, values.getFirst());
            }
        });
        payload.put("fields", fields);
        payload.put("answers", answers);
        payload.put("disclaimers", disclaimers(lead));
        if (!personal.isEmpty()) {
            payload.put(Masks.MARKS, personal.stream().sorted().toList());
        }
        return AutomationEvent.of(
                notice.orgId(),
                LeadEntry.SOURCE,
                notice.leadgenId(),
                TYPE,
                Trigger.META_LEAD_AD,
                created,
                notice.traceparent(),
                new AutomationEvent.Data(match(notice, formId), payload));
    }

    private static Map<String, String> match(LeadNotice notice, @Nullable String formId) {
        Map<String, String> match = new HashMap<>();
        if (formId != null) {
            match.put("form_id", formId);
        }
        if (notice.pageId() != null) {
            match.put("page_id", notice.pageId());
        }
        return match;
    }

    /** All answers: a question may have several. */
    private static Map<String, List<String>> answers(JsonNode lead) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (JsonNode field : lead.path("field_data")) {
            List<String> values = new ArrayList<>();
            field.path("values").forEach(value -> values.add(value.asString("")));
            answers.put(field.path("name").asString(""), values);
        }
        return answers;
    }

    private static Map<String, Boolean> disclaimers(JsonNode lead) {
        Map<String, Boolean> disclaimers = new LinkedHashMap<>();
        for (JsonNode response : lead.path("custom_disclaimer_responses")) {
            disclaimers.put(
                    response.path("checkbox_key").asString(""),
                    response.path("is_checked").asString("").equals("1"));
        }
        return disclaimers;
    }

    private static Instant created(JsonNode lead, LeadNotice notice) {
        try {
            return OffsetDateTime.parse(lead.path("created_time").asString(""), GRAPH_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return notice.submittedAt() == null ? notice.receivedAt() : notice.submittedAt();
        }
    }

    private static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }
}
