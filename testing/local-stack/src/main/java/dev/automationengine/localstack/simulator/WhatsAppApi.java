package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The WhatsApp Cloud API: sends templates, and texts, buttons and lists within 24 hours of the user's last message. Other types
 * are refused as unsupported.
 *
 * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta:
 *     error codes</a>
 */
final class WhatsAppApi implements VendorApi {
    private static final Pattern MESSAGES = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/messages");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ().-]{5,24}");

    private final Tokens tokens;
    private final GraphAccess access;
    private final WhatsAppContent content;
    private final WhatsApp state;
    private final WhatsAppStatuses statuses;
    private final Effects effects;
    private final InstantSource clock;

    WhatsAppApi(Tokens tokens, WhatsApp state, WhatsAppStatuses statuses, Effects effects, InstantSource clock) {
        this.tokens = tokens;
        this.access = new GraphAccess(tokens);
        this.content = new WhatsAppContent(state);
        this.state = state;
        this.statuses = statuses;
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        Matcher path = MESSAGES.matcher(call.path());
        if (!path.matches()) {
            throw GraphError.of(2500, "Unknown path components: " + call.path()).refused();
        }
        String phoneNumberId = path.group(1);
        String token = access.token(call);
        if (!call.method().equals("POST") || !tokens.sendsFrom(token, phoneNumberId)) {
            throw GraphError.notVisible(call.method(), phoneNumberId).refused();
        }
        return send(phoneNumberId, message(call));
    }

    private static JsonNode message(Call call) {
        JsonNode message = Json.parse(call.body())
                .filter(body -> body.isObject() && call.hasContentType("application/json"))
                .orElseThrow(() -> GraphError.badParameter("The request body is no JSON object.")
                        .refused());
        if (!Json.text(message, "messaging_product").equals("whatsapp")) {
            throw GraphError.badParameter("The parameter messaging_product is required.")
                    .refused();
        }
        return message;
    }

    private Answer send(String phoneNumberId, JsonNode message) {
        String to = receiver(message);
        List<String> parameters = content.check(message, to);
        requireRoom(phoneNumberId, to);
        boolean template = message.has("template");
        String id = "wamid." + Base64.getEncoder().encodeToString(("HBgL" + UUID.randomUUID()).getBytes(UTF_8));
        WhatsAppMessage accepted = new WhatsAppMessage(
                clock.instant(),
                id,
                phoneNumberId,
                to,
                Json.text(message.path("template"), "name"),
                parameters,
                Json.text(message, "biz_opaque_callback_data"));
        effects.add(accepted);
        statuses.accepted(accepted);
        return Answer.json(200, accepted(to, id, template));
    }

    private String receiver(JsonNode message) {
        String to = Json.text(message, "to");
        if (to.isBlank()) {
            throw WhatsAppContent.missing("to");
        }
        if (!NUMBER.matcher(to).matches()) {
            throw GraphError.of(131009, "(#131009) Parameter value is not valid")
                    .details("The parameter to is no phone number.")
                    .refused();
        }
        if (!state.reachable(to)) {
            throw GraphError.of(131026, "(#131026) Message undeliverable")
                    .details("Message Undeliverable.")
                    .refused();
        }
        if (!state.wanted(to)) {
            throw GraphError.of(131050, "(#131050) User has stopped marketing messages")
                    .details("The person has chosen to stop receiving marketing messages from this business.")
                    .refused();
        }
        return to;
    }

    private void requireRoom(String phoneNumberId, String to) {
        if (!state.fitsThroughput(phoneNumberId)) {
            throw GraphError.of(130429, "(#130429) Rate limit hit")
                    .details("Message failed to send because there were too many messages sent from this phone number"
                            + " in a short period of time.")
                    .refused();
        }
        if (!state.fitsPair(phoneNumberId, to)) {
            throw GraphError.of(131056, "(#131056) (Business Account, Consumer Account) pair rate limit hit")
                    .details("Too many messages were sent from this phone number to the same phone number.")
                    .refused();
        }
    }

    private static ObjectNode accepted(String to, String id, boolean template) {
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        answer.putArray("contacts").addObject().put("input", to).put("wa_id", WhatsApp.digits(to));
        ObjectNode message = answer.putArray("messages").addObject().put("id", id);
        if (template) {
            message.put("message_status", "accepted");
        }
        return answer;
    }
}
