package dev.automationengine.localstack.simulator;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which apps are subscribed to which pages, and to what. As it starts, none is. Thread-safe. */
public final class PageApps {
    private final Map<String, Map<String, Set<String>>> byPage = new ConcurrentHashMap<>();

    PageApps() {}

    /** Subscribes an app to fields of a page, in the place of those before. */
    public void subscribe(String pageId, String appId, Set<String> fields) {
        byPage.computeIfAbsent(pageId, none -> new ConcurrentHashMap<>()).put(appId, Set.copyOf(fields));
    }

    /** Ends an app's subscription, as Meta does without a word after a webhook failed for long. */
    public void unsubscribe(String pageId, String appId) {
        byPage.getOrDefault(pageId, new ConcurrentHashMap<>()).remove(appId);
    }

    /** The fields of each app that is subscribed to a page. */
    public Map<String, Set<String>> of(String pageId) {
        Map<String, Set<String>> apps = new TreeMap<>();
        byPage.getOrDefault(pageId, Map.of()).forEach((app, fields) -> apps.put(app, new TreeSet<>(fields)));
        return apps;
    }

    void clear() {
        byPage.clear();
    }
}
