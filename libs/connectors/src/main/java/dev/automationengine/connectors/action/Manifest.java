package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector's manifest.
 *
 * @param descriptor what it tells the world
 * @param settings values that the operator may override, for instance the base URL of a vendor
 * @param baseUrl where requests go
 * @param oauth how the third party gives tokens; null if its credentials are typed in
 * @param actions how its actions are performed
 * @param polls how its sources are looked at
 * @param source its whole text
 */
record Manifest(
        ConnectorDescriptor descriptor,
        Map<String, String> settings,
        BaseUrl baseUrl,
        @Nullable OAuthProvider oauth,
        List<Action> actions,
        List<Poll> polls,
        ManifestNode source) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    Manifest {
        settings = Map.copyOf(settings);
        actions = List.copyOf(actions);
        polls = List.copyOf(polls);
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

    /**
     * How a source is looked at: an action that no workflow can name.
     *
     * @param descriptor what it tells the world
     * @param places where items have what they are known by
     * @param source the manifest's text of it, as that of an action
     */
    record Poll(PollDescriptor descriptor, Places places, ManifestNode source) {
        /** The name of its action: no action of a workflow has a colon. */
        static String action(String source) {
            return "poll:" + source;
        }

        Action asAction() {
            return new Action(
                    new ActionDescriptor(
                            action(descriptor.source()),
                            descriptor.title(),
                            descriptor.connector(),
                            descriptor.credentialKind(),
                            descriptor.credentialRequired(),
                            EffectMode.IDEMPOTENT,
                            TIMEOUT,
                            descriptor.config(),
                            Map.of(),
                            null),
                    source);
        }
    }

    /**
     * Where items of a source have what they are known by.
     *
     * @param key see {@link PolledItem}; null: the items are made in Java, and say it themselves
     * @param version see {@link PolledItem}
     * @param changed see {@link PolledItem}
     * @param created see {@link PolledItem}
     */
    record Places(
            @Nullable Path key,
            @Nullable Path version,
            @Nullable Path changed,
            @Nullable Path created) {}
}
