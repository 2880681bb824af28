package dev.automationengine.gateway.oidc;

import dev.automationengine.model.id.OrgId;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * OpenID Connect providers whose tokens are accepted.
 *
 * @param issuers the providers; one without an issuer is none
 */
@ConfigurationProperties("engine.oidc")
record OidcProperties(@DefaultValue List<Provider> issuers) {
    /** Copies the list. */
    OidcProperties {
        issuers = List.copyOf(issuers);
    }

    /**
     * A provider.
     *
     * @param issuer its URL, as {@code iss} says it; below it lies {@code .well-known/openid-configuration}
     * @param audience whom tokens must be for: the client id that the provider knows the engine by
     * @param organization the only organization whose users it speaks for; none: all users that it knows
     */
    record Provider(
            @DefaultValue("") String issuer,
            @DefaultValue("") String audience,
            @Nullable OrgId organization) {
        /**
         * Checks that tokens for others would be refused.
         *
         * @throws IllegalArgumentException if an issuer has no audience, or its keys would come unencrypted over a network
         */
        Provider {
            if (!issuer.isEmpty()) {
                if (audience.isEmpty()) {
                    throw new IllegalArgumentException(
                            "engine.oidc.issuers: " + issuer + " needs an audience (ENGINE_OIDC_AUDIENCE)");
                }
                URI uri = URI.create(issuer);
                if (!"https".equals(uri.getScheme()) && !"127.0.0.1".equals(uri.getHost())) {
                    throw new IllegalArgumentException("engine.oidc.issuers: " + issuer + " must begin with https://");
                }
            }
        }
    }
}
