package dev.automationengine.systemtests.fleet;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The secrets that tests gave to the fleet, and the answers of its API that showed one. */
public final class PlantedSecrets {
    /** A shorter one could be found by chance. */
    private static final int SHORTEST = 12;

    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final List<String> leaks = new CopyOnWriteArrayList<>();

    /** Remembers a secret. */
    public void plant(String value) {
        if (value.length() >= SHORTEST) {
            values.add(value);
        }
    }

    /** All that were planted. */
    public Set<String> values() {
        return Set.copyOf(values);
    }

    /** Looks for secrets in an answer. */
    public void inspect(String request, Http.Answer answer) {
        String all = answer.text() + answer.headers();
        values.stream().filter(all::contains).forEach(value -> leaks.add("the answer of " + request));
    }

    /** The requests whose answers showed a secret. */
    public List<String> leaks() {
        return List.copyOf(leaks);
    }
}
