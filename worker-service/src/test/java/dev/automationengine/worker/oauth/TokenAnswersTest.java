package dev.automationengine.worker.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.vault.ConnectionTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final OAuthProvider PROVIDER = new OAuthProvider(
            "crm",
            "crm_oauth",
            "https://login.example/authorize",
            "https://login.example/token",
            null,
            List.of(),
            OAuthProvider.ClientAuth.POST,
            Map.of(),
            Duration.ofMinutes(5),
            Set.of("invalid_grant", "BAD_REFRESH_TOKEN"),
            " ",
            Set.of("bearer"),
            Map.of("instance_url", "instance_url"),
            Set.of());

    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com, true",
        "http://127.0.0.1:80/x, true",
        "ftp://acme.example, false",
        "https://user@acme.example, false",
        "https://acme.example?x=1, false",
        "/services, false",
        "https://, false",
        "'ht tp://x', false"
    })
    void an_answer_may_say_where_calls_go_but_only_by_a_plain_url(String url, boolean kept) {
        TokenAnswer answer = answer(200, "{\"access_token\":\"a\",\"instance_url\":\"" + url + "\"}");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        TokenAnswer.Granted.class,
                        granted -> assertThat(granted.attributes())
                                .isEqualTo(kept ? Map.of("instance_url", url) : Map.of()));
    }

    @Test
    void the_challenge_is_that_of_the_rfc() {
        // RFC 7636, appendix B.
        assertThat(Pkce.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assertThat(Pkce.verifier()).hasSize(43).isNotEqualTo(Pkce.verifier());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1800} | Granted",
                "200 | {\"access_token\":\"a\",\"expires_in\":\"3600\"} | Granted",
                "200 | {\"access_token\":\"a\",\"token_type\":\"mac\"} | Away",
                "200 | {\"error\":\"invalid_client\"} | Away",
                "200 | <html></html> | Away",
                "400 | {\"error\":\"invalid_grant\"} | Revoked",
                "400 | {\"status\":\"BAD_REFRESH_TOKEN\"} | Revoked",
                "400 | {\"error\":\"Access Denied\"} | Away",
                "401 | {\"error\":\"invalid_client\"} | Away",
                "429 | {} | Away",
                "503 | {} | Away"
            })
    void what_an_answer_means(int status, String body, String meaning) {
        assertThat(answer(status, body).getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void a_refresh_token_that_does_not_come_is_the_one_before() {
        ConnectionTokens before = new ConnectionTokens("a1", "r1", NOW, NOW, null);
        ConnectionTokens kept = kept(new TokenAnswer.Granted("a2", null, Duration.ofHours(1), Map.of()), before);
        assertThat(kept.refreshToken()).isEqualTo("r1");
        assertThat(kept(new TokenAnswer.Granted("a2", "r2", Duration.ofHours(1), Map.of()), before)
                        .refreshToken())
                .isEqualTo("r2");
    }

    @Test
    void a_token_is_renewed_ahead_of_its_end_and_never_before_a_third_of_its_life() {
        ConnectionTokens hour = kept(new TokenAnswer.Granted("a", "r", Duration.ofHours(1), Map.of()), null);
        assertThat(hour.refreshAt()).isBetween(NOW.plus(Duration.ofMinutes(44)), NOW.plus(Duration.ofMinutes(55)));
        ConnectionTokens minute = kept(new TokenAnswer.Granted("a", "r", Duration.ofMinutes(1), Map.of()), null);
        assertThat(minute.refreshAt()).isBetween(NOW.plusSeconds(20), NOW.plusSeconds(30));
    }

    @Test
    void what_cannot_be_renewed_by_time_is_not() {
        assertThat(kept(new TokenAnswer.Granted("a", "r", null, Map.of()), null).refreshAt())
                .isNull();
        assertThat(kept(new TokenAnswer.Granted("a", null, Duration.ofHours(1), Map.of()), null)
                        .refreshAt())
                .isNull();
    }

    @Test
    void pauses_double_up_to_five_minutes_and_are_never_shorter_than_asked() {
        assertThat(TokenTimes.pause(0, null, () -> 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(TokenTimes.pause(1, null, () -> 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(TokenTimes.pause(99, null, () -> 1)).isEqualTo(Duration.ofMinutes(5));
        assertThat(TokenTimes.pause(0, Duration.ofMinutes(7), () -> 1)).isEqualTo(Duration.ofMinutes(7));
    }

    private static ConnectionTokens kept(TokenAnswer.Granted granted, @Nullable ConnectionTokens before) {
        return TokenTimes.kept(granted, before, NOW, Duration.ofMinutes(5), () -> 0.99);
    }

    private static TokenAnswer answer(int status, String body) {
        return TokenAnswers.of(
                PROVIDER,
                new Exchange.Answered(
                        status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
    }
}
