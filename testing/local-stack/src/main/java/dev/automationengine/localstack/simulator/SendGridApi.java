package dev.automationengine.localstack.simulator;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * SendGrid: mail send. Its answer to a mail that it takes is 202 without a body.
 *
 * @see <a href="https://www.twilio.com/docs/sendgrid/api-reference/mail-send">SendGrid: mail send</a>
 */
final class SendGridApi implements VendorApi {
    private static final int LARGEST = 30 * 1024 * 1024;
    private static final int MOST_CATEGORIES = 10;
    /** A domain that no sender is verified of. */
    private static final String UNVERIFIED = "@unverified.example";

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private final Tokens tokens;
    private final Effects effects;

    private final CallRates rates;

    SendGridApi(Tokens tokens, Effects effects, CallRates rates) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
    }

    @Override
    public Answer answer(Call call) {
        if (call.bearer()
                .filter(token -> tokens.accepts(Vendor.SENDGRID, token))
                .isEmpty()) {
            throw error(401, "The provided authorization grant is invalid, expired, or revoked", null);
        }
        if (!call.path().equals("/sendgrid/v3/mail/send") || !call.method().equals("POST")) {
            throw error(404, "not found", null);
        }
        if (!rates.take(Vendor.SENDGRID, "account")) {
            throw error(429, "too many requests", null);
        }
        if (call.body().length > LARGEST) {
            throw error(413, "The mail is too large", null);
        }
        JsonNode mail =
                Json.parse(call.body()).filter(JsonNode::isObject).orElseThrow(() -> error(400, "Bad Request", null));
        address(mail.path("from"), "from.email");
        if (Json.text(mail.path("from"), "email").endsWith(UNVERIFIED)) {
            throw error(403, "The from address does not match a verified Sender Identity.", "from");
        }
        if (mail.path("categories").size() > MOST_CATEGORIES) {
            throw error(400, "The categories array must have no more than 10 elements", "categories");
        }
        JsonNode people = mail.path("personalizations");
        if (!people.isArray() || people.isEmpty() || people.size() > 1000) {
            throw error(400, "The personalizations field is required", "personalizations");
        }
        for (int i = 0; i < people.size(); i++) {
            if (people.path(i).path("to").isEmpty()) {
                throw error(400, "The to array is required", "personalizations." + i + ".to");
            }
            address(people.path(i).path("to").path(0), "personalizations." + i + ".to.0.email");
        }
        if (Json.text(mail, "template_id").isEmpty()) {
            if (Json.text(mail, "subject").isEmpty()) {
                throw error(400, "The subject is required", "subject");
            }
            if (Json.text(mail.path("content").path(0), "value").isEmpty()) {
                throw error(
                        400, "Unless a valid template_id is provided, the content parameter is required", "content");
            }
        }
        if (mail.at("/mail_settings/sandbox_mode/enable").asBoolean(false)) {
            return Answer.empty(200);
        }
        String id = Integer.toString(effects.kept(Vendor.SENDGRID).size() + 1);
        effects.keep(Vendor.SENDGRID, id, mail.toString());
        return new Answer(202, Map.of("X-Message-Id", id), new byte[0]);
    }

    private static void address(JsonNode person, String field) {
        if (!ADDRESS.matcher(Json.text(person, "email")).matches()) {
            throw error(400, "Does not contain a valid address.", field);
        }
    }

    private static Refused error(int status, String message, @Nullable String field) {
        ObjectNode body = Json.object();
        body.putArray("errors").addObject().put("message", message).put("field", field);
        return new Refused(Answer.json(status, body));
    }
}
