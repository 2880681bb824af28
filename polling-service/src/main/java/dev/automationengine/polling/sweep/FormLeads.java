package dev.automationengine.polling.sweep;

import dev.automationengine.model.event.InboundMessage.SweptLead;
import dev.automationengine.polling.sweep.Outcome.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads the ids of a form's leads, without what people wrote.
 *
 * <p>Pages are followed by their cursor. Graph's own link to the next page is not called: it holds the token, and
 * would send it wherever an answer points to.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving">Retrieving Leads</a>
 */
@Component
class FormLeads {
    /** Leads in a page. */
    static final int PAGE = 100;

    private static final int OK = 200;
    // Graph writes an offset without a colon, which ISO-8601's parser does not take.
    private static final DateTimeFormatter GRAPH_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ");
    private static final LeadPage.Refused UNREADABLE = new LeadPage.Refused(Reason.OUTAGE, "graph_unreadable");

    private final GraphCalls graph;

    FormLeads(GraphCalls graph) {
        this.graph = graph;
    }

    /** A page of the leads of a window; {@code after} is the cursor of the page before, null for the first page. */
    LeadPage page(String token, String formId, Window window, @Nullable String after) {
        String query = formId + "/leads?fields=id,created_time&limit=" + PAGE + "&filtering="
                + encoded(filtering(window)) + (after == null ? "" : "&after=" + encoded(after));
        return switch (graph.send("GET", query, token)) {
            case GraphCalls.Reply.Answered(int status, JsonNode body) -> read(status, body);
            case GraphCalls.Reply.Unanswered(String reason) -> new LeadPage.Refused(Reason.OUTAGE, reason);
        };
    }

    /** The condition on time, in whole seconds: rather one too many than one too few. */
    static String filtering(Window window) {
        String from = condition("GREATER_THAN", window.from().getEpochSecond());
        return window.untilNow()
                ? "[" + from + "]"
                : "[" + from + "," + condition("LESS_THAN", window.to().getEpochSecond() + 1) + "]";
    }

    /** The page in an answer. */
    static LeadPage read(int status, JsonNode body) {
        JsonNode data = body.path("data");
        if (status != OK || !data.isArray()) {
            return status == OK && !body.has("error") ? UNREADABLE : GraphErrors.of(status, body);
        }
        List<SweptLead> leads = new ArrayList<>(data.size());
        for (JsonNode lead : data) {
            String id = lead.path("id").asString("");
            if (id.isEmpty()) {
                return UNREADABLE;
            }
            leads.add(new SweptLead(id, created(lead)));
        }
        JsonNode paging = body.path("paging");
        if (!paging.has("next")) {
            return new LeadPage.Found(leads, null);
        }
        String after = paging.path("cursors").path("after").asString("");
        return after.isEmpty() ? UNREADABLE : new LeadPage.Found(leads, after);
    }

    private static String condition(String operator, long seconds) {
        return "{\"field\":\"time_created\",\"operator\":\"%s\",\"value\":%d}".formatted(operator, seconds);
    }

    private static @Nullable Instant created(JsonNode lead) {
        try {
            return OffsetDateTime.parse(lead.path("created_time").asString(""), GRAPH_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
