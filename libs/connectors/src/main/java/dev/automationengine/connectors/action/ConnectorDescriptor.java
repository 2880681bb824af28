package dev.automationengine.connectors.action;

import java.util.List;

/**
 * A connector: a third party and what can be done there.
 *
 * @param id its name
 * @param title for people
 * @param credential the kind of credential that it uses
 * @param actions what it can do
 */
public record ConnectorDescriptor(String id, String title, CredentialKind credential, List<ActionDescriptor> actions) {
    /** Copies the actions. */
    public ConnectorDescriptor {
        actions = List.copyOf(actions);
    }
}
