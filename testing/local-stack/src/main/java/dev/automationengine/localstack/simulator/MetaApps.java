package dev.automationengine.localstack.simulator;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The apps at Meta and what they are subscribed to. As it starts, there is none. Thread-safe. */
public final class MetaApps {
    private final ConcurrentHashMap<String, String> secrets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Subscription> ofPages = new ConcurrentHashMap<>();

    MetaApps() {}

    /**
     * A subscription of an app to what happens to pages.
     *
     * @param callbackUrl where webhooks go
     * @param active false: Meta has switched it off
     */
    public record Subscription(String callbackUrl, Set<String> fields, boolean active) {
        /** Copies the fields. */
        public Subscription {
            fields = Set.copyOf(fields);
        }
    }

    /** Makes an app known. */
    public void app(String id, String secret) {
        secrets.put(id, secret);
    }

    /** Subscribes an app as its dashboard would, without the handshake; null: ends its subscription. */
    public void subscribe(String id, @Nullable Subscription subscription) {
        if (subscription == null) {
            ofPages.remove(id);
        } else {
            ofPages.put(id, subscription);
        }
    }

    /** What an app is subscribed to. */
    public Optional<Subscription> of(String id) {
        return Optional.ofNullable(ofPages.get(id));
    }

    boolean isTokenOf(String id, String token) {
        return (id + "|" + secrets.get(id)).equals(token) && secrets.containsKey(id);
    }

    static Set<String> ordered(Subscription subscription) {
        return new TreeSet<>(subscription.fields());
    }

    void clear() {
        secrets.clear();
        ofPages.clear();
    }
}
