package dev.automationengine.connectors.action;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stages that one lead has reached, for Meta's Conversions API for CRM. A request tells of one lead only: Meta
 * refuses a whole batch for one bad event, and no lead is to suffer for another.
 *
 * @see <a href="https://developers.facebook.com/documentation/ads-commerce/conversions-api/conversion-leads-integration/payload-specification">
 *     Meta: payload of conversion leads</a>
 */
final class ConversionEvents {
    private static final Pattern LEAD_ID = Pattern.compile("\\d{15,17}");
    /** Graph writes the offset as {@code +0000}, others as {@code Z} or {@code +00:00}. */
    private static final List<DateTimeFormatter> TIMES =
            List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx"));

    /** The year 5138: whoever names a later second counts milliseconds. */
    private static final long LAST_SECOND = 99_999_999_999L;

    private static final int MOST_STAGES = 20;

    private ConversionEvents() {}

    /** The body of the request. */
    static Map<String, @Nullable Object> request(ActionCall call, Instant now) {
        Map<String, @Nullable Object> input = call.input();
        Map<String, Object> user = user(input);
        List<String> stages = stages(input);
        String subject = user.containsKey("lead_id") ? "lead-" + user.get("lead_id") : call.effectKey();
        Object given = input.get("event_time");
        long reached = (given == null ? now : time(given, "event_time")).getEpochSecond();
        Object created = input.get("lead_created_time");
        // Meta throws away what is not later than the lead.
        long first = Math.max(
                reached - (stages.size() - 1),
                created == null ? 0 : time(created, "lead_created_time").getEpochSecond() + 1);
        List<Object> events = new ArrayList<>();
        for (int place = 0; place < stages.size(); place++) {
            String stage = stages.get(place);
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event_name", stage);
            // Meta puts stages in the order of their times; those that are told together were passed one after another.
            event.put("event_time", first + place);
            // Meta drops a repetition of name and id: neither a retry nor a redrive counts a stage twice.
            event.put("event_id", subject + "-" + stage);
            event.put("action_source", "system_generated");
            event.put("user_data", user);
            event.put("custom_data", custom(input));
            events.add(event);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("data", events);
        Object test = input.get("test_event_code");
        if (test != null) {
            body.put("test_event_code", BodyBuilder.text(test, "test_event_code"));
        }
        return body;
    }

    /** The earlier stages, then the one that the lead has reached now. */
    private static List<String> stages(Map<String, @Nullable Object> input) {
        String reached = BodyBuilder.text(input.get("event_name"), "event_name");
        List<String> stages = new ArrayList<>();
        if (input.get("earlier_stages") instanceof List<?> earlier) {
            earlier.forEach(stage -> stages.add(BodyBuilder.text(stage, "earlier_stages[" + stages.size() + "]")));
        }
        stages.add(reached);
        if (stages.size() > MOST_STAGES || stages.stream().distinct().count() < stages.size()) {
            throw new InvalidInputException(
                    "earlier_stages must name fewer than " + MOST_STAGES + " stages, each once, without event_name");
        }
        return stages;
    }

    private static Map<String, Object> user(Map<String, @Nullable Object> input) {
        Map<String, Object> user = new LinkedHashMap<>();
        Object lead = input.get("lead_id");
        if (lead != null) {
            String id = BodyBuilder.text(lead, "lead_id");
            if (!LEAD_ID.matcher(id).matches()) {
                throw new InvalidInputException("lead_id must be the 15 to 17 digits of a lead of Meta");
            }
            user.put("lead_id", Long.parseLong(id));
        }
        if (input.get("person") instanceof Map<?, ?> person) {
            user.putAll(HashedPerson.of(person));
        }
        if (user.isEmpty()) {
            throw new InvalidInputException(
                    "give a lead_id, or a person with an e-mail address or a phone number in international format");
        }
        return user;
    }

    private static Map<String, Object> custom(Map<String, @Nullable Object> input) {
        Map<String, Object> custom = new LinkedHashMap<>();
        if (input.get("custom_data") instanceof Map<?, ?> more) {
            more.forEach((name, value) -> {
                if (value != null) {
                    custom.put(String.valueOf(name), value);
                }
            });
        }
        custom.put("event_source", "crm");
        custom.put("lead_event_source", BodyBuilder.text(input.get("crm"), "crm"));
        return custom;
    }

    private static Instant time(Object given, String name) {
        if (given instanceof Number number) {
            long seconds = new BigDecimal(number.toString()).longValue();
            if (seconds > LAST_SECOND) {
                throw new InvalidInputException(name + " counts milliseconds: Meta wants seconds");
            }
            return Instant.ofEpochSecond(seconds);
        }
        String text = BodyBuilder.text(given, name);
        if (text.matches("\\d{1,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        for (DateTimeFormatter format : TIMES) {
            try {
                return OffsetDateTime.parse(text, format).toInstant();
            } catch (DateTimeException another) {
                // The next form may fit.
            }
        }
        throw new InvalidInputException(name + " must be an instant such as 2026-02-28T08:49:14Z, or Unix seconds");
    }
}
