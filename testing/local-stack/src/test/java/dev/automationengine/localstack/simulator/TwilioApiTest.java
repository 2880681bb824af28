package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioApiTest extends SimulatorTestBase {
    private static final String MESSAGES = "/twilio/2010-04-01/Accounts/ACdemo/Messages.json";

    private static Reply send(String path, Map<String, String> form, String token) throws Exception {
        String pair = Base64.getEncoder().encodeToString(("ACdemo:" + token).getBytes(StandardCharsets.UTF_8));
        return caller.send(
                "POST",
                path,
                Form.encode(form),
                Map.of("Authorization", "Basic " + pair, "Content-Type", "application/x-www-form-urlencoded"));
    }

    private static Reply sms(String to, String body) throws Exception {
        return send(MESSAGES, Map.of("To", to, "From", "+14155552345", "Body", body), "twilio-demo-token");
    }

    @Test
    void a_message_is_queued_and_repeated_as_another() throws Exception {
        Reply first = sms("+16505551234", "Hello");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("/status").stringValue()).isEqualTo("queued");
        assertThat(sms("+16505551234", "Hello").at("/sid")).isNotEqualTo(first.at("/sid"));
        assertThat(server.effects().kept(Vendor.TWILIO)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"To, , 21211", "To, 6505551234, 21211", "To, +15005550009, 21614", "From, , 21603", "Body, , 21602"})
    void a_form_that_lacks_something_is_refused(String field, @Nullable String value, int code) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of("To", "+16505551234", "From", "+14155552345", "Body", "Hello"));
        if (value == null) {
            form.remove(field);
        } else {
            form.put(field, value);
        }
        Reply reply = send(MESSAGES, form, "twilio-demo-token");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/code").asInt()).isEqualTo(code);
        assertThat(server.effects().kept(Vendor.TWILIO)).isEmpty();
    }

    @Test
    void who_opted_out_gets_nothing() throws Exception {
        server.optOuts().add(Vendor.TWILIO, "+16505551234");
        assertThat(sms("+16505551234", "Hello").at("/code").asInt()).isEqualTo(21610);
        assertThat(sms("+16505559999", "Hello").status()).isEqualTo(201);
    }

    @Test
    void calls_beyond_the_limit_are_throttled() throws Exception {
        server.callRates().allow(Vendor.TWILIO, Duration.ofSeconds(1), 1);
        sms("+16505551234", "1");
        Reply second = sms("+16505551234", "2");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.at("/code").asInt()).isEqualTo(20429);
    }

    @Test
    void strangers_other_accounts_json_and_long_texts_are_refused() throws Exception {
        assertThat(send(MESSAGES, Map.of(), "wrong").at("/code").asInt()).isEqualTo(20003);
        assertThat(send(MESSAGES.replace("ACdemo", "ACother"), Map.of(), "twilio-demo-token")
                        .status())
                .isEqualTo(404);
        assertThat(caller.postJson(MESSAGES, "twilio-demo-token", "{}").status())
                .isEqualTo(401);
        assertThat(sms("+16505551234", "x".repeat(1601)).at("/code").asInt()).isEqualTo(21617);
    }
}
