package dev.automationengine.trigger.whatsapp;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the statuses of messages in a delivery. Messages that were not sent by this engine are left out: their
 * {@code biz_opaque_callback_data} does not begin with an organization.
 *
 * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Status
 *     messages webhooks</a>
 */
@Component
class MessageStatusReader {
    private static final String ACCOUNT = "whatsapp_business_account";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,40}");
    private static final Pattern MESSAGE = Pattern.compile("[A-Za-z0-9._=+/:-]{1,300}");
    private static final Pattern STATUS = Pattern.compile("[a-z_]{1,30}");
    private static final int LONGEST_TEXT = 1_000;
    private static final long LAST_SECOND = 253_402_300_799L;

    private final JsonMapper json;

    MessageStatusReader(JsonMapper json) {
        this.json = json;
    }

    List<MessageStatus> read(String body) {
        if (!body.contains(ACCOUNT)) {
            return List.of();
        }
        JsonNode delivery = json.readTree(body);
        if (!delivery.path("object").asString("").equals(ACCOUNT)) {
            return List.of();
        }
        List<MessageStatus> statuses = new ArrayList<>();
        for (JsonNode entry : delivery.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                JsonNode value = change.path("value");
                String number = value.at("/metadata/phone_number_id").asString("");
                for (JsonNode status : value.path("statuses")) {
                    status(number, status).ifPresent(statuses::add);
                }
            }
        }
        return statuses;
    }

    private static Optional<MessageStatus> status(String number, JsonNode status) {
        String id = status.path("id").asString("");
        String name = status.path("status").asString("");
        OrgId org = org(status.path("biz_opaque_callback_data").asString(""));
        if (org == null
                || !DIGITS.matcher(number).matches()
                || !MESSAGE.matcher(id).matches()
                || !STATUS.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(new MessageStatus(org, number, id, name, at(status), error(status.path("errors"))));
    }

    private static @Nullable OrgId org(String callbackData) {
        int end = callbackData.indexOf('/');
        try {
            return end < 0 ? null : new OrgId(callbackData.substring(0, end));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Meta writes seconds as a text. */
    private static Instant at(JsonNode status) {
        String seconds = status.path("timestamp").asString("");
        return DIGITS.matcher(seconds).matches() && seconds.length() <= 12
                ? Instant.ofEpochSecond(Math.min(Long.parseLong(seconds), LAST_SECOND))
                : Instant.EPOCH;
    }

    private static @Nullable Map<String, String> error(JsonNode errors) {
        if (errors.isEmpty()) {
            return null;
        }
        JsonNode first = errors.get(0);
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", cut(first.path("code").asString("")));
        error.put("title", cut(first.path("title").asString("")));
        error.put("details", cut(first.at("/error_data/details").asString("")));
        return error;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
