package dev.automationengine.gateway.apikey;

import dev.automationengine.gateway.access.Scope;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name what its owner calls it, 1 to 200 characters
 * @param scopes what it may do, nothing that its maker may not; without, all that its maker may do
 * @param expiresAt when it ends, a time to come; without, never
 */
record WantedKey(
        @NotBlank @Size(max = 200) String name,
        @Nullable @Size(min = 1) Set<Scope> scopes,
        @Nullable Instant expiresAt) {}
