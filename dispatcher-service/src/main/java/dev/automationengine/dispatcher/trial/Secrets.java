package dev.automationengine.dispatcher.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Masks what by its name is a secret. Credentials are never a part of an input; this is for secrets that an author wrote
 * into a configuration.
 */
final class Secrets {
    private static final String MASK = "***";
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "password",
            "secret",
            "client_secret",
            "token",
            "access_token",
            "refresh_token",
            "api_key",
            "apikey",
            "api-key",
            "x-api-key");

    static @Nullable Object masked(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> members -> {
                Map<String, @Nullable Object> masked = new LinkedHashMap<>();
                members.forEach((name, member) -> masked.put(
                        String.valueOf(name),
                        NAMES.contains(String.valueOf(name).toLowerCase(Locale.ROOT)) && member != null
                                ? MASK
                                : masked(member)));
                yield masked;
            }
            case List<?> items -> {
                List<@Nullable Object> masked = new ArrayList<>();
                items.forEach(item -> masked.add(masked(item)));
                yield masked;
            }
            case null, default -> value;
        };
    }

    private Secrets() {}
}
