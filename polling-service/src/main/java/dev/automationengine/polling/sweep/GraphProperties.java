package dev.automationengine.polling.sweep;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The app at Meta that reads the leads: what this service needs of it.
 *
 * @param appId Meta's id of the app, which is subscribed to the pages of swept forms; empty: subscriptions are not managed
 * @param appSecrets the app's secrets, newest first
 * @param graphUrl where Graph is, without version
 * @param graphVersion the version of Graph that is spoken
 * @param appSecretProof whether calls carry {@code appsecret_proof}, made with the newest secret
 * @param connectTimeout how long connecting to Graph may take
 * @param callTimeout how long a call of Graph may take
 */
@Validated
@ConfigurationProperties("engine.meta")
record GraphProperties(
        @DefaultValue("") @Pattern(regexp = "[0-9]{0,32}") String appId,
        @DefaultValue List<@NotBlank String> appSecrets,
        @DefaultValue("https://graph.facebook.com") URI graphUrl,
        @DefaultValue("v26.0") String graphVersion,
        @DefaultValue("true") boolean appSecretProof,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration callTimeout) {
    /** Whether calls can be proved as far as they have to be. */
    @AssertTrue(
            message = "set engine.meta.app-secrets (ENGINE_META_APP_SECRETS), or engine.meta.app-secret-proof=false")
    boolean isAppSecretThereIfProofIsWanted() {
        return !appSecretProof || !appSecrets.isEmpty();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "GraphProperties[graphUrl=" + graphUrl + ", graphVersion=" + graphVersion + "]";
    }
}
