package dev.automationengine.connectors.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector's manifest.
 *
 * @param descriptor what it tells the world
 * @param settings values that the operator may override, for instance the base URL of a vendor
 * @param baseUrl template of the base URL; empty if every request has its own
 * @param oauth how the third party gives tokens; null if its credentials are typed in
 * @param actions how its actions are performed
 * @param source its whole text
 */
record Manifest(
        ConnectorDescriptor descriptor,
        Map<String, String> settings,
        String baseUrl,
        @Nullable OAuthProvider oauth,
        List<Action> actions,
        ManifestNode source) {
    Manifest {
        settings = Map.copyOf(settings);
        actions = List.copyOf(actions);
    }

    /** Its settings, those replaced that the operator has others for. */
    Map<String, String> settings(Map<String, String> overrides) {
        Map<String, String> effective = new HashMap<>(settings);
        effective.replaceAll(overrides::getOrDefault);
        return effective;
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
