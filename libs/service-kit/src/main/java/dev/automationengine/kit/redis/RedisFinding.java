package dev.automationengine.kit.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about the configuration of a Redis server that a queue cannot live with, or that cannot be seen.
 *
 * @param certain whether it is known to be wrong; false: the server does not tell
 * @param message which setting it is and what to do
 */
record RedisFinding(boolean certain, String message) {
    private static final String NO_EVICTION = "noeviction";

    /**
     * Judges what {@code INFO} says (<a href="https://redis.io/docs/latest/commands/info/">reference</a>).
     *
     * @param server where the server is, for the message
     * @param info the sections {@code memory} and {@code persistence}; members may be missing where a provider hides
     *     them
     */
    static List<RedisFinding> of(String server, Map<String, String> info) {
        List<RedisFinding> findings = new ArrayList<>();
        String policy = info.get("maxmemory_policy");
        if (policy == null) {
            findings.add(unseen(server, "maxmemory-policy", NO_EVICTION));
        } else if (!policy.equals(NO_EVICTION)) {
            findings.add(new RedisFinding(
                    true,
                    "Redis at " + server + " has maxmemory-policy " + policy + ": short of memory, it would throw jobs"
                            + " away. Set maxmemory-policy noeviction (CONFIG SET, and in its configuration file)."));
        }
        @Nullable String appendOnly = info.get("aof_enabled");
        if (appendOnly == null) {
            findings.add(unseen(server, "appendonly", "yes"));
        } else if (!appendOnly.equals("1")) {
            findings.add(new RedisFinding(
                    true,
                    "Redis at " + server + " has appendonly no: a restart would lose the queue. Set appendonly yes"
                            + " (CONFIG SET, and in its configuration file)."));
        }
        return List.copyOf(findings);
    }

    private static RedisFinding unseen(String server, String setting, String right) {
        return new RedisFinding(
                false,
                "Redis at " + server + " does not tell its " + setting + ": make sure that it is " + right + ".");
    }
}
