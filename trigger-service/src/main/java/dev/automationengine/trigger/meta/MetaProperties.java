package dev.automationengine.trigger.meta;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The app at Meta whose webhooks come here.
 *
 * @param appSecrets secrets that signatures are checked with, newest first; two while a secret is being changed
 * @param verifyToken the token of the handshake, as entered in Meta's dashboard
 * @param graphUrl where Graph is, without version
 * @param graphVersion the version of Graph that is spoken
 * @param appSecretProof whether calls carry {@code appsecret_proof}, made with the newest secret
 * @param maxBody most bytes of a delivery
 * @param connectTimeout how long connecting to Graph may take
 * @param callTimeout how long a call of Graph may take
 * @param formTimeout how long the questions of a form are waited for
 */
@Validated
@ConfigurationProperties("engine.meta")
public record MetaProperties(
        @NotEmpty List<@NotBlank String> appSecrets,
        @NotBlank String verifyToken,
        @DefaultValue("https://graph.facebook.com") URI graphUrl,
        @DefaultValue("v26.0") String graphVersion,
        @DefaultValue("true") boolean appSecretProof,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration callTimeout,
        @DefaultValue("3s") Duration formTimeout) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return "MetaProperties[graphUrl=" + graphUrl + ", graphVersion=" + graphVersion + "]";
    }
}
