package dev.automationengine.localstack.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twilio: messages, by form. Statuses and codes are those that the fact sheet marks as not verified.
 *
 * @see <a href="https://www.twilio.com/docs/messaging/api/message-resource">Twilio: messages</a>
 */
final class TwilioApi implements VendorApi {
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    /** Numbers that are valid and get no SMS. */
    private static final String LANDLINE = "+15005550009";

    private static final int LONGEST = 1600;

    private final Tokens tokens;
    private final Effects effects;

    private final CallRates rates;
    private final OptOuts optOuts;

    TwilioApi(Tokens tokens, Effects effects, CallRates rates, OptOuts optOuts) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
        this.optOuts = optOuts;
    }

    @Override
    public Answer answer(Call call) {
        String account = DemoAccounts.TWILIO_ACCOUNT;
        if (call.header("authorization")
                .filter(value -> tokens.accepts(Vendor.TWILIO, password(value, account)))
                .isEmpty()) {
            throw error(401, 20003, "Authenticate");
        }
        if (!call.path().equals("/twilio/2010-04-01/Accounts/" + account + "/Messages.json")) {
            throw error(404, 20404, "The requested resource was not found");
        }
        if (!call.method().equals("POST") || !call.hasContentType("application/x-www-form-urlencoded")) {
            throw error(400, 21602, "A form is wanted");
        }
        if (!rates.take(Vendor.TWILIO, account)) {
            throw error(429, 20429, "Too Many Requests");
        }
        Map<String, String> form = Form.decode(call.text());
        String to = form.getOrDefault("To", "");
        String body = form.getOrDefault("Body", "");
        if (!NUMBER.matcher(to).matches()) {
            throw error(400, 21211, "The 'To' number is not a valid phone number.");
        }
        if (!form.containsKey("From") && !form.containsKey("MessagingServiceSid")) {
            throw error(400, 21603, "A 'From' phone number is required.");
        }
        if (body.isEmpty()) {
            throw error(400, 21602, "Message body is required.");
        }
        if (body.length() > LONGEST) {
            throw error(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        }
        if (to.equals(LANDLINE)) {
            throw error(400, 21614, "'To' number is not a valid mobile number");
        }
        if (optOuts.contains(Vendor.TWILIO, to)) {
            throw error(400, 21610, "Attempt to send to unsubscribed recipient");
        }
        String sid = "SM%032d".formatted(effects.kept(Vendor.TWILIO).size() + 1);
        effects.keep(Vendor.TWILIO, sid, call.text());
        ObjectNode answer =
                Json.object().put("sid", sid).put("status", "queued").put("to", to);
        return Answer.json(201, answer);
    }

    private static String password(String header, String user) {
        if (!header.startsWith("Basic ")) {
            return "";
        }
        String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        return pair.startsWith(user + ":") ? pair.substring(user.length() + 1) : "";
    }

    private static Refused error(int status, int code, String message) {
        return new Refused(Answer.json(
                status,
                Json.object()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status)));
    }
}
