package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ConnectorDescriptor;
import dev.automationengine.connectors.action.CredentialKind;
import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.WorkerProperties;
import java.util.List;
import org.springframework.stereotype.Component;

/** The third parties that people can connect, for requests: what is not there is a problem to answer with. */
@Component
class Providers {
    private final ActionCatalog catalog;
    private final OAuthApps apps;
    private final WorkerProperties worker;

    Providers(ActionCatalog catalog, OAuthApps apps, WorkerProperties worker) {
        this.catalog = catalog;
        this.apps = apps;
        this.worker = worker;
    }

    /** The provider of a connector. */
    OAuthProvider ofConnector(String connector) {
        return catalog.connectors().stream()
                .filter(known -> known.id().equals(connector))
                .map(ConnectorDescriptor::credential)
                .filter(CredentialKind::oauth)
                .findFirst()
                .map(kind -> ofKind(kind.kind()))
                .orElseThrow(() -> ProblemException.notFound("connector with OAuth"));
    }

    /** The provider of a kind of credential. */
    OAuthProvider ofKind(String kind) {
        return catalog.oauth(kind, worker.connectorSettings())
                .orElseThrow(() -> new ProblemException(
                        Problem.CONFLICT, "No connector has credentials of kind " + kind + " any more."));
    }

    /** What it knows us by. */
    OAuthProperties.App app(OrgId org, OAuthProvider provider) {
        try {
            return apps.find(org, provider.connector())
                    .orElseThrow(() -> new ProblemException(
                            Problem.CONFLICT,
                            "There is no OAuth app for " + provider.connector()
                                    + ": store a credential of kind oauth_app with its client id and secret."));
        } catch (AmbiguousCredentialException e) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "There are several credentials of kind oauth_app for " + provider.connector() + ": keep one.",
                    List.of(),
                    e);
        }
    }
}
