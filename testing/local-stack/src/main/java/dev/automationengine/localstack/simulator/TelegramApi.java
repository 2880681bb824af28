package dev.automationengine.localstack.simulator;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Telegram's Bot API: {@code sendMessage}, the token in the path.
 *
 * @see <a href="https://core.telegram.org/bots/api#sendmessage">Telegram: sendMessage</a>
 */
final class TelegramApi implements VendorApi {
    private static final Pattern SEND = Pattern.compile("/telegram/bot([^/]+)/sendMessage");
    private static final Set<String> CHATS = Set.of("123456789", "-1001234567890");
    /** A group that became a supergroup, and the supergroup. */
    private static final String OLD_GROUP = "-987654321";

    private static final long SUPERGROUP = -1001234567890L;
    private static final Set<String> MODES = Set.of("", "HTML", "Markdown", "MarkdownV2");
    private static final int LONGEST = 4096;

    private final Tokens tokens;
    private final Effects effects;

    private final CallRates rates;
    private final OptOuts optOuts;

    TelegramApi(Tokens tokens, Effects effects, CallRates rates, OptOuts optOuts) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
        this.optOuts = optOuts;
    }

    @Override
    public Answer answer(Call call) {
        Matcher path = SEND.matcher(call.path());
        if (!path.matches()) {
            throw error(404, "Not Found");
        }
        if (!tokens.accepts(Vendor.TELEGRAM, path.group(1))) {
            throw error(401, "Unauthorized");
        }
        JsonNode body = Json.parse(call.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> error(400, "Bad Request: message text is empty"));
        String text = Json.text(body, "text");
        if (text.isBlank()) {
            throw error(400, "Bad Request: message text is empty");
        }
        if (text.length() > LONGEST) {
            throw error(400, "Bad Request: message is too long");
        }
        if (!MODES.contains(Json.text(body, "parse_mode"))) {
            throw error(400, "Bad Request: unsupported parse_mode");
        }
        String chat = body.path("chat_id").asString("");
        if (chat.equals(OLD_GROUP)) {
            throw error(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    Json.object().put("migrate_to_chat_id", SUPERGROUP));
        }
        if (optOuts.contains(Vendor.TELEGRAM, chat)) {
            throw error(403, "Forbidden: bot was blocked by the user");
        }
        if (!CHATS.contains(chat)) {
            throw error(400, "Bad Request: chat not found");
        }
        if (!rates.take(Vendor.TELEGRAM, chat)) {
            throw error(429, "Too Many Requests: retry after 14", Json.object().put("retry_after", 14));
        }
        int id = effects.kept(Vendor.TELEGRAM).size() + 1;
        effects.keep(Vendor.TELEGRAM, Integer.toString(id), body.toString());
        ObjectNode answer = Json.object().put("ok", true);
        answer.putObject("result")
                .put("message_id", id)
                .put("text", text)
                .putObject("chat")
                .put("id", Long.parseLong(chat));
        return Answer.json(200, answer);
    }

    private static Refused error(int code, String description) {
        return error(code, description, Json.object());
    }

    private static Refused error(int code, String description, ObjectNode parameters) {
        ObjectNode body = Json.object().put("ok", false).put("error_code", code).put("description", description);
        if (!parameters.isEmpty()) {
            body.set("parameters", parameters);
        }
        return new Refused(Answer.json(code, body));
    }
}
