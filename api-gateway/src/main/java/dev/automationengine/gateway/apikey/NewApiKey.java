package dev.automationengine.gateway.apikey;

import dev.automationengine.gateway.access.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key just made. It is the only time that its text is known.
 *
 * @param id the key's id
 * @param name what its owner calls it
 * @param key the text to send as {@code Authorization: Bearer ...}
 * @param scopes what it may do
 * @param createdAt when it was made
 * @param expiresAt when it ends; null for never
 */
public record NewApiKey(
        String id,
        String name,
        String key,
        List<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    /** Without the key's text, so that it cannot slip into a log. */
    @Override
    public String toString() {
        return "NewApiKey[" + id + ", " + name + "]";
    }
}
