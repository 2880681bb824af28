package dev.automationengine.trigger.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.workflow.WebhookSecurity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures of others: the vectors of the libraries of Standard Webhooks, GitHub's of its documentation, Slack's of its
 * documentation, and one of each other scheme made by {@code openssl dgst}.
 */
class SignatureCheckTest {
    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";
    private static final String STANDARD_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final long STANDARD_TIME = 1_614_265_330L;
    private static final WebhookSecurity STANDARD = new WebhookSecurity.StandardWebhooks();

    @ParameterizedTest
    @ValueSource(strings = {STANDARD_SECRET, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void the_vector_of_standard_webhooks_is_valid(String secret) {
        assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME, secret)).isEqualTo(Verdict.VALID);
    }

    @Test
    void one_of_several_signatures_is_enough_and_other_versions_do_not_count() {
        String wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
        String otherVersion = STANDARD_SIGNATURE.replace("v1,", "v2,");
        assertThat(standard(wrong + " " + otherVersion + " " + STANDARD_SIGNATURE + " " + wrong, STANDARD_TIME))
                .isEqualTo(Verdict.VALID);
        assertThat(standard(wrong + " v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", STANDARD_TIME))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(standard(otherVersion, STANDARD_TIME)).isEqualTo(Verdict.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"-301, EXPIRED", "-300, VALID", "300, VALID", "301, EXPIRED"})
    void a_timestamp_holds_for_five_minutes_either_way(long seconds, Verdict expected) {
        assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME + seconds)).isEqualTo(expected);
    }

    @Test
    void another_body_id_timestamp_or_secret_is_a_mismatch() {
        Map<String, String> headers = standardHeaders(STANDARD_SIGNATURE);
        assertThat(check(headers, STANDARD_BODY + " ", STANDARD_TIME).check(STANDARD, STANDARD_SECRET))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(check(with(headers, "webhook-id", "msg_other"), STANDARD_BODY, STANDARD_TIME)
                        .check(STANDARD, STANDARD_SECRET))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(check(with(headers, "webhook-timestamp", "" + (STANDARD_TIME + 1)), STANDARD_BODY, STANDARD_TIME)
                        .check(STANDARD, STANDARD_SECRET))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME, "whsec_AAAA")).isEqualTo(Verdict.MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void a_header_that_is_missing_is_told(String header) {
        assertThat(check(with(standardHeaders(STANDARD_SIGNATURE), header, null), STANDARD_BODY, STANDARD_TIME)
                        .check(STANDARD, STANDARD_SECRET))
                .isEqualTo(Verdict.MISSING);
    }

    @Test
    void a_timestamp_that_is_no_number_is_malformed() {
        for (String timestamp : new String[] {"soon", "", "99999999999999999999", "9223372036854775807"}) {
            Map<String, String> headers = with(standardHeaders(STANDARD_SIGNATURE), "webhook-timestamp", timestamp);
            assertThat(check(headers, STANDARD_BODY, STANDARD_TIME).check(STANDARD, STANDARD_SECRET))
                    .as(timestamp)
                    .isEqualTo(Verdict.MALFORMED);
        }
    }

    @Test
    void githubs_example_is_valid() {
        WebhookSecurity github = read(Map.of("kind", "hmac", "header", "X-Hub-Signature-256", "prefix", "sha256="));
        Map<String, String> headers = Map.of(
                "X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        assertThat(check(headers, "Hello, World!", 0).check(github, "It's a Secret to Everybody"))
                .isEqualTo(Verdict.VALID);
        assertThat(check(headers, "Hello, World?", 0).check(github, "It's a Secret to Everybody"))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(check(Map.of("X-Hub-Signature-256", "sha1=75"), "Hello, World!", 0)
                        .check(github, "x"))
                .isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void slacks_example_is_valid_in_its_time() {
        WebhookSecurity slack = read(Map.of(
                "kind", "hmac",
                "header", "X-Slack-Signature",
                "prefix", "v0=",
                "signed", "v0:{timestamp}:{body}",
                "timestamp_header", "X-Slack-Request-Timestamp"));
        Map<String, String> headers = Map.of(
                "X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
                "X-Slack-Request-Timestamp", "1531420618");
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
                + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        String secret = "8f742231b10e8888abcd99yyyzzz85a5";
        assertThat(check(headers, body, 1_531_420_618L).check(slack, secret)).isEqualTo(Verdict.VALID);
        assertThat(check(headers, body, 1_531_420_618L + 301).check(slack, secret))
                .isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void a_list_in_one_header_as_stripes_is_read_member_by_member() {
        WebhookSecurity stripe = read(Map.of(
                "kind", "hmac",
                "header", "Stripe-Signature",
                "prefix", "v1=",
                "signed", "{timestamp}.{body}",
                "timestamp_header", "Stripe-Signature",
                "timestamp_prefix", "t="));
        String signature = "f04b81b3554fb439122b562991bf614298603152b8701b609001be88d33d1868";
        Map<String, String> headers =
                Map.of("Stripe-Signature", "t=1614265330,v1=" + "00".repeat(32) + ",v1=" + signature + ",v0=ab");
        assertThat(check(headers, "{\"id\":1}", STANDARD_TIME).check(stripe, "whsec_stripe"))
                .isEqualTo(Verdict.VALID);
        assertThat(check(headers, "{\"id\":2}", STANDARD_TIME).check(stripe, "whsec_stripe"))
                .isEqualTo(Verdict.MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "sha1, hex, b34ceac4516ff23a143e61d79d0fa7a4fbe5f266",
        "sha512, base64, /warNnV3d4FcAI0yyOFKcFtOe/MQNRoGojthLcTHQz53V9IFJaVZO3ECDqLuFi0jEbJH6YVYYrJwEiQZZSwMkg==",
        "sha256, base64, kwezuRXvtRcf8U2MtV+8x5jGwO8UVtZt7RpqpyOli3s="
    })
    void every_hash_and_encoding_is_known(String algorithm, String encoding, String signature) {
        WebhookSecurity hmac =
                read(Map.of("kind", "hmac", "header", "X-Sign", "algorithm", algorithm, "encoding", encoding));
        assertThat(check(Map.of("X-Sign", signature), "hello", 0).check(hmac, "key"))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void a_bare_secret_is_the_same_text_or_a_mismatch() {
        WebhookSecurity secret = new WebhookSecurity.Secret("X-Token");
        assertThat(check(Map.of("X-Token", "s3cret"), "", 0).check(secret, "s3cret"))
                .isEqualTo(Verdict.VALID);
        assertThat(check(Map.of("X-Token", "s3cre"), "", 0).check(secret, "s3cret"))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(check(Map.of("X-Token", ""), "", 0).check(secret, "s3cret")).isEqualTo(Verdict.MISMATCH);
        assertThat(check(Map.of(), "", 0).check(secret, "s3cret")).isEqualTo(Verdict.MISSING);
    }

    private static Verdict standard(String signature, long now) {
        return standard(signature, now, STANDARD_SECRET);
    }

    private static Verdict standard(String signature, long now, String secret) {
        return check(standardHeaders(signature), STANDARD_BODY, now).check(STANDARD, secret);
    }

    private static Map<String, String> standardHeaders(String signature) {
        return Map.of(
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "" + STANDARD_TIME,
                "webhook-signature",
                signature);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    private static WebhookSecurity read(Map<String, Object> security) {
        return Objects.requireNonNull(WebhookSecurity.read(Map.of("security", security), (pointer, reason) -> {
            throw new AssertionError(pointer + ": " + reason);
        }));
    }

    private static SignatureCheck check(Map<String, String> headers, String body, long now) {
        return new SignatureCheck(headers::get, body.getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(now));
    }
}
