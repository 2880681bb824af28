package dev.automationengine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.automationengine.kit.security.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens while their keys change, and tokens that are not ours. */
class SignedTokensTest {
    private static final String OLD = "old-key-of-at-least-32-characters!";
    private static final String NEW = "new-key-of-at-least-32-characters!";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Instant now = NOON;
    private final InstantSource clock = () -> now;

    @Test
    void keys_change_without_a_pause() throws Exception {
        SignedTokens before = tokens("us", OLD);
        // First everybody learns the new key, and those who sign may do so with either.
        SignedTokens during = tokens("us", NEW, OLD);
        SignedTokens after = tokens("us", NEW);
        String old = before.mint("x", Map.of());
        String fresh = during.mint("x", Map.of());
        assertThat(during.decoder().decode(old).getSubject()).isEqualTo("x");
        assertThat(during.decoder().decode(fresh).getSubject()).isEqualTo("x");
        assertThat(after.decoder().decode(fresh).getSubject()).isEqualTo("x");
        assertRefused(after, old);
        assertThat(SignedJWT.parse(fresh).getHeader().getKeyID())
                .isNotNull()
                .isNotEqualTo(SignedJWT.parse(old).getHeader().getKeyID());
    }

    @Test
    void a_replica_that_has_not_learnt_the_new_key_yet_is_why_old_ones_sign_until_all_have() {
        String fresh = tokens("us", NEW, OLD).mint("x", Map.of());
        assertRefused(tokens("us", OLD), fresh);
        // So the new key is put behind the old one first, and in front when all know it.
        String careful = tokens("us", OLD, NEW).mint("x", Map.of());
        assertThat(tokens("us", OLD).decoder().decode(careful).getSubject()).isEqualTo("x");
    }

    @Test
    void a_token_ends() {
        SignedTokens tokens = tokens("us", NEW);
        String token = tokens.mint("x", Map.of());
        now = NOON.plusSeconds(69);
        assertThat(tokens.decoder().decode(token).getSubject()).isEqualTo("x");
        now = NOON.plusSeconds(71);
        assertRefused(tokens, token);
    }

    @Test
    void another_issuer_with_the_same_key_and_a_token_without_signature_are_refused() {
        assertRefused(tokens("us", NEW), tokens("them", NEW).mint("x", Map.of()));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("us")
                .subject("x")
                .expirationTime(Date.from(NOON.plusSeconds(60)))
                .build();
        assertRefused(tokens("us", NEW), new PlainJWT(claims).serialize());
    }

    private SignedTokens tokens(String issuer, String... keys) {
        return new SignedTokens(issuer, Duration.ofSeconds(60), List.of(keys), clock);
    }

    private static void assertRefused(SignedTokens tokens, String token) {
        assertThatThrownBy(() -> tokens.decoder().decode(token)).isInstanceOf(JwtException.class);
    }
}
