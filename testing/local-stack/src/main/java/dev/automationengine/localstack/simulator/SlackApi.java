package dev.automationengine.localstack.simulator;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Slack: {@code chat.postMessage}. What is refused is refused with status 200; too many messages of a channel with 429.
 *
 * @see <a href="https://api.slack.com/methods/chat.postMessage">Slack: chat.postMessage</a>
 */
final class SlackApi implements VendorApi {
    private static final int LONGEST = 40_000;
    private static final Map<String, String> CHANNELS =
            Map.of("C1H9RESGL", "", "C2ARCHIVED", "is_archived", "C3NOTINVIT", "not_in_channel");

    private final Tokens tokens;
    private final Effects effects;

    private final CallRates rates;

    SlackApi(Tokens tokens, Effects effects, CallRates rates) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
    }

    @Override
    public Answer answer(Call call) {
        if (!call.path().equals("/slack/chat.postMessage") || !call.method().equals("POST")) {
            throw error("unknown_method");
        }
        if (call.bearer().filter(token -> tokens.accepts(Vendor.SLACK, token)).isEmpty()) {
            throw error("invalid_auth");
        }
        JsonNode body = Json.parse(call.body())
                .filter(json -> json.isObject() && call.hasContentType("application/json"))
                .orElseThrow(() -> error("invalid_json"));
        // Strict: Slack drops nulls in some places and refuses them in others.
        body.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                throw error("invalid_arguments");
            }
        });
        String channel = Json.text(body, "channel");
        String text = Json.text(body, "text");
        String objection = CHANNELS.getOrDefault(channel, "channel_not_found");
        if (!objection.isEmpty()) {
            throw error(objection);
        }
        if (!rates.take(Vendor.SLACK, channel)) {
            throw new Refused(Answer.json(
                    429,
                    Map.of("Retry-After", "3"),
                    Json.object().put("ok", false).put("error", "ratelimited")));
        }
        if (text.isEmpty() && !body.has("blocks")) {
            throw error("no_text");
        }
        if (text.length() > LONGEST) {
            throw error("msg_too_long");
        }
        String ts = "1503435956.%06d".formatted(effects.kept(Vendor.SLACK).size() + 1);
        effects.keep(Vendor.SLACK, ts, body.toString());
        return Answer.json(
                200, Json.object().put("ok", true).put("channel", channel).put("ts", ts));
    }

    private static Refused error(String code) {
        return new Refused(Answer.json(200, Json.object().put("ok", false).put("error", code)));
    }
}
