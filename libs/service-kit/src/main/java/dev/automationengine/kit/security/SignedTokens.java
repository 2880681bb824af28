package dev.automationengine.kit.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Short-lived tokens of one issuer (JWT, HS256). Each names the key that signed it; the newest key signs, all of them
 * verify, so that keys change without a pause: put the new one in front everywhere, later take the old one away.
 */
public final class SignedTokens {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    private final String issuer;
    private final Duration lifetime;
    private final List<OctetSequenceKey> keys;
    private final InstantSource clock;

    /**
     * Tokens of an issuer.
     *
     * @param issuer who signs; tokens of another are refused
     * @param lifetime how long a token is valid
     * @param secrets what tokens are signed with, newest first, each of 32 or more characters
     * @param clock what time it is
     */
    public SignedTokens(String issuer, Duration lifetime, List<String> secrets, InstantSource clock) {
        this.issuer = issuer;
        this.lifetime = lifetime;
        this.keys = secrets.stream().map(SignedTokens::key).toList();
        this.clock = clock;
    }

    /**
     * A new token, signed with the newest key.
     *
     * @param subject who it is for
     * @param claims what it says besides
     */
    public String mint(String subject, Map<String, String> claims) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder all = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
        claims.forEach(all::claim);
        OctetSequenceKey key = keys.getFirst();
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .keyID(key.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, all.build());
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** What reads these tokens and refuses all others: of another key, algorithm or issuer, and those whose time is over. */
    public JwtDecoder decoder() {
        DefaultJWTProcessor<com.nimbusds.jose.proc.SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableJWKSet<>(new JWKSet(List.<JWK>copyOf(keys)))));
        // Times are checked below, with our clock and skew.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setClock(clock.withZone(ZoneOffset.UTC));
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new JwtIssuerValidator(issuer)));
        return decoder;
    }

    private static OctetSequenceKey key(String secret) {
        try {
            return new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8))
                    .algorithm(JWSAlgorithm.HS256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key could not be read", e);
        }
    }
}
