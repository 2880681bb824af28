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
import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Tokens by which services know that a request came through the gateway, and for whom. */
public final class InternalTokens {
    /** How long a token is valid. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Scope of a caller with an API key. */
    public static final String SCOPE_API = "api";

    /** Scope of a webhook's sender, who has no key. */
    public static final String SCOPE_WEBHOOK = "webhook";

    static final String ORG_CLAIM = "org";
    private static final String SCOPE_CLAIM = "scope";
    private static final String ISSUER = "api-gateway";
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    private final List<OctetSequenceKey> keys;
    private final InstantSource clock;

    InternalTokens(List<String> secrets, InstantSource clock) {
        this.keys = secrets.stream().map(InternalTokens::key).toList();
        this.clock = clock;
    }

    /**
     * A new token, signed with the newest key.
     *
     * @param subject who calls: the id of a key or user
     * @param org the caller's organization; null for a webhook's sender
     * @param scope {@link #SCOPE_API} or {@link #SCOPE_WEBHOOK}
     */
    public String mint(String subject, @Nullable OrgId org, String scope) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(subject)
                .claim(SCOPE_CLAIM, scope)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        if (org != null) {
            claims.claim(ORG_CLAIM, org.value());
        }
        OctetSequenceKey key = keys.getFirst();
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .keyID(key.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("an internal token could not be signed", e);
        }
    }

    JwtDecoder decoder() {
        DefaultJWTProcessor<com.nimbusds.jose.proc.SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableJWKSet<>(new JWKSet(List.<JWK>copyOf(keys)))));
        // Times are checked below, with our clock skew.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(CLOCK_SKEW), new JwtIssuerValidator(ISSUER)));
        return decoder;
    }

    private static OctetSequenceKey key(String secret) {
        try {
            return new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8))
                    .algorithm(JWSAlgorithm.HS256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("an internal token key could not be read", e);
        }
    }
}
