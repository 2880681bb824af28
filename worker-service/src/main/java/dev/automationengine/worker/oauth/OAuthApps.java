package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.model.id.OrgId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What third parties know us by: the organization's own app for a connector, else the installation's. */
@Component
class OAuthApps {
    private static final String KIND = "oauth_app";

    private final CredentialVault vault;
    private final OAuthProperties properties;

    OAuthApps(CredentialVault vault, OAuthProperties properties) {
        this.vault = vault;
        this.properties = properties;
    }

    /**
     * The app for a connector; empty if there is none.
     *
     * @throws dev.automationengine.connectors.vault.AmbiguousCredentialException if the organization has several
     */
    Optional<OAuthProperties.App> find(OrgId org, String connector) {
        return vault.findOnly(org, KIND, Map.of("connector", connector))
                .map(OAuthApps::app)
                .or(() -> Stream.ofNullable(properties.apps().get(connector)).findFirst());
    }

    private static OAuthProperties.App app(Credential credential) {
        return new OAuthProperties.App(
                credential.attributes().getOrDefault("client_id", ""),
                credential.secrets().getOrDefault("client_secret", ""));
    }
}
