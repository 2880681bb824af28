package dev.automationengine.gateway.apikey;

import java.time.Instant;

/**
 * A key just made. It is the only time that its text is known.
 *
 * @param id the key's id
 * @param name what its owner calls it
 * @param key the text to send as {@code Authorization: Bearer ...}
 * @param createdAt when it was made
 */
public record NewApiKey(String id, String name, String key, Instant createdAt) {
    /** Without the key's text, so that it cannot slip into a log. */
    @Override
    public String toString() {
        return "NewApiKey[" + id + ", " + name + "]";
    }
}
