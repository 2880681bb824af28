package dev.automationengine.gateway.openapi;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of operations: the verb of the service's method and the path's words, each once. */
final class OperationNames {
    private final Set<String> used = new HashSet<>();

    /** A name that no operation has yet; for the same paths in the same order always the same. */
    String unique(String method, String path) {
        String verb = method.replaceFirst("_\\d+$", "");
        StringBuilder name = new StringBuilder(verb);
        for (String word :
                path.replaceFirst("^/v1/", "").replaceAll("\\{[^}]*}", "").split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty() && !word.equalsIgnoreCase(verb)) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        String candidate = name.toString();
        for (int i = 2; !used.add(candidate); i++) {
            candidate = name.toString() + i;
        }
        return candidate;
    }

    /** The words of a name, as a sentence has them. */
    static String words(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
