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
    private static final Set<String> MODES = Set.of("", "HTML", "Markdown", "MarkdownV2");
    private static final int LONGEST = 4096;

    private final Tokens tokens;
    private final Effects effects;

    TelegramApi(Tokens tokens, Effects effects) {
        this.tokens = tokens;
        this.effects = effects;
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
        if (!CHATS.contains(chat)) {
            throw error(400, "Bad Request: chat not found");
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
        return new Refused(Answer.json(
                code, Json.object().put("ok", false).put("error_code", code).put("description", description)));
    }
}
