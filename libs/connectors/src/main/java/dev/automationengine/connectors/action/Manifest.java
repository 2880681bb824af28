package dev.automationengine.connectors.action;

import java.util.List;
import java.util.Map;

/**
 * A connector's manifest.
 *
 * @param descriptor what it tells the world
 * @param settings values that the operator may override, for instance the base URL of a vendor
 * @param baseUrl template of the base URL; empty if every request has its own
 * @param actions how its actions are performed
 * @param source its whole text
 */
record Manifest(
        ConnectorDescriptor descriptor,
        Map<String, String> settings,
        String baseUrl,
        List<Action> actions,
        ManifestNode source) {
    Manifest {
        settings = Map.copyOf(settings);
        actions = List.copyOf(actions);
    }

    /**
     * How an action is performed.
     *
     * @param descriptor what it tells the world
     * @param source the manifest's text of it: the members {@code request}, {@code auth}, {@code response},
     *     {@code errors}, {@code verify}
     */
    record Action(ActionDescriptor descriptor, ManifestNode source) {}
}
