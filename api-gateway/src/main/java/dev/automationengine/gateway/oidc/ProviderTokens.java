package dev.automationengine.gateway.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Reads the tokens of one provider. Its keys are found by discovery (OpenID Connect Discovery 1.0) when the first token
 * comes, kept for minutes, asked for again when a token names one that is not known, but seldom: whoever makes up key
 * ids must not make us call. They hold for hours while the provider is away.
 */
final class ProviderTokens {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 3_000;
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final long KEYS_KEPT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long OUTAGE_MILLIS = Duration.ofHours(4).toMillis();
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** Signatures alone that a provider makes and nobody else can: never a shared secret, never none. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private ProviderTokens() {}

    static JwtDecoder decoder(OidcProperties.Provider provider, Clock clock) {
        return new SupplierJwtDecoder(() -> discovered(provider, clock));
    }

    private static JwtDecoder discovered(OidcProperties.Provider provider, Clock clock) {
        DefaultResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, ANSWER_MILLIS, LARGEST_ANSWER);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(keysOf(provider, http), http)
                .cache(KEYS_KEPT_MILLIS, ANSWER_MILLIS + CONNECT_MILLIS)
                .refreshAheadCache(false)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        // Times are checked below, with our clock and skew.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setClock(clock);
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times, new JwtIssuerValidator(provider.issuer()), new JwtAudienceValidator(provider.audience())));
        return decoder;
    }

    private static URL keysOf(OidcProperties.Provider provider, DefaultResourceRetriever http) {
        try {
            String base = provider.issuer().replaceFirst("/$", "");
            Map<String, Object> found =
                    JSONObjectUtils.parse(http.retrieveResource(url(base + "/.well-known/openid-configuration"))
                            .getContent());
            if (!provider.issuer().equals(found.get("issuer"))) {
                throw new IllegalStateException("the provider says that it is " + found.get("issuer"));
            }
            return url(String.valueOf(found.get("jwks_uri")));
        } catch (IOException e) {
            throw new UncheckedIOException("no discovery at " + provider.issuer(), e);
        } catch (ParseException e) {
            throw new IllegalStateException("no discovery at " + provider.issuer(), e);
        }
    }

    private static URL url(String text) throws MalformedURLException {
        return URI.create(text).toURL();
    }
}
