package dev.automationengine.worker.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of connections by OAuth.
 *
 * @param publicUrl where the gateway is reached from outside: providers send people back to {@code /oauth/callback} under
 *     it; null: nobody can connect
 * @param apps what the installation is known by at third parties, by connector; an organization's own {@code oauth_app}
 *     credential goes first
 * @param consentWithin how long a person has for a consent
 * @param timeout of one call of a token URL
 * @param lease how long other processes keep away from a connection that one refreshes; longer than a refresh with the
 *     storing of its tokens can take
 * @param keepAlive tokens that are older are refreshed though nobody uses them
 * @param sweepEvery pause between two looks for those
 * @param brokenHold how long jobs of a broken connection wait before they look again; so soon after it is connected anew
 *     the last of them runs
 * @param revocationPause after a failed try to take back the grant of a deleted connection; three times as long after each
 */
@Validated
@ConfigurationProperties("engine.oauth")
record OAuthProperties(
        @Nullable URI publicUrl,
        @DefaultValue Map<String, App> apps,
        @DefaultValue("10m") Duration consentWithin,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("1d") Duration keepAlive,
        @DefaultValue("1m") Duration sweepEvery,
        @DefaultValue("30s") Duration brokenHold,
        @DefaultValue("2s") Duration revocationPause) {
    private static final int STORING = 2;

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if the lease could end before a refresh does
     */
    OAuthProperties {
        apps = Map.copyOf(apps);
        if (lease.compareTo(timeout.multipliedBy(STORING)) < 0) {
            throw new IllegalArgumentException("engine.oauth.lease must be twice engine.oauth.timeout or more");
        }
    }

    /**
     * What a third party knows its client by.
     *
     * @param clientId public
     * @param clientSecret not so
     */
    record App(String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "App[clientId=" + clientId + "]";
        }
    }

    @Override
    public String toString() {
        return "OAuthProperties[publicUrl=" + publicUrl + ", apps=" + apps.keySet() + "]";
    }
}
