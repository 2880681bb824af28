package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.http.Exchange;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of token URLs (RFC 6749, sections 5.1 and 5.2). Pure. Some say 200 and mean an error. */
final class TokenAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    /** A longer one is a mistake of the third party, and would overflow an instant. */
    private static final long LONGEST_LIFETIME = Duration.ofDays(3650).toSeconds();

    private TokenAnswers() {}

    static TokenAnswer of(OAuthProvider provider, Exchange.Answered answered) {
        JsonNode body = body(answered.body());
        String access = text(body, "access_token");
        if (answered.status() / 100 == 2 && access != null && carried(provider, body)) {
            return new TokenAnswer.Granted(
                    access, text(body, "refresh_token"), lifetime(body), attributes(provider, body));
        }
        return Stream.of("error", "status")
                .map(member -> text(body, member))
                .filter(code -> code != null && provider.revoked().contains(code))
                .findFirst()
                .<TokenAnswer>map(TokenAnswer.Revoked::new)
                .orElseGet(() -> away(answered));
    }

    /** Whether an answer tells of an error, whatever its status. */
    static boolean saysError(Exchange.Answered answered) {
        return text(body(answered.body()), "error") != null;
    }

    /** What the body says is not told: it may quote what was sent. */
    private static TokenAnswer away(Exchange.Answered answered) {
        String outcome = answered.status() >= SERVER_ERROR || answered.status() == TOO_MANY ? "unavailable" : "refused";
        return new TokenAnswer.Away(
                outcome, "the token URL answered " + answered.status(), null, answered.status() >= SERVER_ERROR);
    }

    private static boolean carried(OAuthProvider provider, JsonNode body) {
        String type = text(body, "token_type");
        return type == null || provider.tokenTypes().contains(type.toLowerCase(Locale.ROOT));
    }

    /** What is no URL is left out: calls would go there with the token. */
    private static Map<String, String> attributes(OAuthProvider provider, JsonNode body) {
        Map<String, String> attributes = new HashMap<>();
        provider.attributes().forEach((name, member) -> {
            String value = text(body, member);
            if (value != null && isUrl(value)) {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static @Nullable Duration lifetime(JsonNode body) {
        // Some send it as a text.
        long seconds = body.path("expires_in").asLong(0);
        return seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFETIME));
    }

    private static @Nullable String text(JsonNode body, String member) {
        String text = body.path(member).asString("");
        return text.isEmpty() ? null : text;
    }

    private static JsonNode body(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
