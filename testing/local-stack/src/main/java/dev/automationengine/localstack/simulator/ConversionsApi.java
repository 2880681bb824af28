package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Meta's Conversions API: takes events whole batch by whole batch. Keeps an event by its name and id, the first of several;
 * discards one that is older than its lead.
 *
 * @see <a href="https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event">Meta:
 *     server event parameters</a>
 */
final class ConversionsApi implements VendorApi {
    private static final Pattern EVENTS = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/events");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LEAD_ID = Pattern.compile("\\d{15,17}");
    private static final Set<String> SOURCES = Set.of(
            "email",
            "website",
            "app",
            "phone_call",
            "chat",
            "physical_store",
            "system_generated",
            "business_messaging",
            "other");
    private static final List<String> HASHED = List.of("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country");
    private static final int MOST = 1000;
    private static final Duration OLDEST = Duration.ofDays(7);

    private final GraphAccess access;
    private final Tokens tokens;
    private final Leads leads;
    private final Effects effects;

    ConversionsApi(Tokens tokens, Leads leads, Effects effects) {
        this.access = new GraphAccess(tokens);
        this.tokens = tokens;
        this.leads = leads;
        this.effects = effects;
    }

    @Override
    public Answer answer(Call call) {
        Matcher path = EVENTS.matcher(call.path());
        String token = access.token(call);
        if (!path.matches() || !call.method().equals("POST") || !tokens.writesTo(token, path.group(1))) {
            throw GraphError.notVisible(call.method(), call.path()).refused();
        }
        JsonNode events = Json.parse(call.body())
                .filter(body -> call.hasContentType("application/json"))
                .map(body -> body.path("data"))
                .orElseThrow(() -> bad("The request body is no JSON object."));
        if (!events.isArray() || events.isEmpty() || events.size() > MOST) {
            throw bad("data must have 1 to 1000 events");
        }
        events.forEach(this::check);
        events.forEach(this::keep);
        return Answer.json(
                200,
                Json.object()
                        .put("events_received", events.size())
                        .put("fbtrace_id", "AbCdEfGhIjKlMnOpQrStUv")
                        .set("messages", Json.array()));
    }

    private void check(JsonNode event) {
        if (Json.text(event, "event_name").isBlank()) {
            throw bad("event_name is missing");
        }
        if (!event.path("event_time").isIntegralNumber()) {
            throw bad("event_time must be Unix seconds");
        }
        Instant at = time(event);
        if (at.isBefore(leads.now().minus(OLDEST)) || at.isAfter(leads.now().plusSeconds(60))) {
            throw bad("The timestamp for this event is too far in the past, or lies in the future.");
        }
        if (!SOURCES.contains(Json.text(event, "action_source"))) {
            throw bad("action_source is missing or unknown");
        }
        JsonNode custom = event.path("custom_data");
        if (!Json.text(custom, "event_source").equals("crm")
                || Json.text(custom, "lead_event_source").isBlank()) {
            throw bad("an event of a CRM names event_source crm and lead_event_source in custom_data");
        }
        checkUser(event.path("user_data"));
    }

    private static void checkUser(JsonNode user) {
        JsonNode lead = user.path("lead_id");
        if (user.isEmpty()) {
            throw bad("The event has no customer information parameters.");
        }
        if (!lead.isMissingNode()
                && !(lead.isIntegralNumber() && LEAD_ID.matcher(lead.asString()).matches())) {
            throw bad("lead_id must be an integer of 15 to 17 digits");
        }
        for (String name : HASHED) {
            JsonNode value = user.path(name);
            if (value.isMissingNode()) {
                continue;
            }
            (value.isArray() ? value : Json.array().add(value)).forEach(hash -> {
                if (!HASH.matcher(hash.asString("")).matches()) {
                    throw bad(name + " is not hashed");
                }
            });
        }
    }

    private void keep(JsonNode event) {
        String lead = event.path("user_data").path("lead_id").asString("");
        boolean tooEarly = leads.find(lead)
                .filter(found -> !time(event).isAfter(found.createdTime()))
                .isPresent();
        if (!tooEarly) {
            effects.keepFirst(
                    Vendor.CONVERSIONS,
                    Json.text(event, "event_name") + " " + Json.text(event, "event_id"),
                    event.toString());
        }
    }

    private static Instant time(JsonNode event) {
        return Instant.ofEpochSecond(event.path("event_time").asLong());
    }

    private static Refused bad(String why) {
        return GraphError.of(100, "Invalid parameter").userMessage(why).refused();
    }
}
