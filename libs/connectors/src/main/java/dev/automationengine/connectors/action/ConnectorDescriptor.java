package dev.automationengine.connectors.action;

import java.util.List;

/**
 * A connector: a third party and what can be done there.
 *
 * @param id its name
 * @param title for people
 * @param credential the kind of credential that it uses
 * @param actions what it can do
 * @param triggers what it can start workflows by, beside the types that the engine knows by itself
 * @param polls sources of it that triggers of the type POLL may name
 */
public record ConnectorDescriptor(
        String id,
        String title,
        CredentialKind credential,
        List<ActionDescriptor> actions,
        List<TriggerDescriptor> triggers,
        List<PollDescriptor> polls) {
    /** Copies the lists. */
    public ConnectorDescriptor {
        actions = List.copyOf(actions);
        triggers = List.copyOf(triggers);
        polls = List.copyOf(polls);
    }
}
