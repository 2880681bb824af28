package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a credential's secrets out of texts that leave the worker: third parties like to echo what they got. */
final class Redactor {
    private static final String MASK = "***";
    /** A shorter value would take innocent text away, and is no secret. */
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    private Redactor(List<String> secrets) {
        this.secrets = secrets;
    }

    static Redactor of(@Nullable Credential credential) {
        Collection<String> values =
                credential == null ? List.of() : credential.secrets().values();
        return new Redactor(values.stream()
                .filter(value -> value.length() >= SHORTEST)
                // Longest first: one secret may hold another.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
