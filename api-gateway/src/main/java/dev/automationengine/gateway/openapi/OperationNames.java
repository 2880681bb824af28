package dev.automationengine.gateway.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of operations that their services gave none, made of method and path; they name methods of clients. */
final class OperationNames {
    private static final Map<String, String> VERBS =
            Map.of("get", "get", "post", "create", "put", "replace", "patch", "change", "delete", "delete");

    private final Set<String> used = new HashSet<>();

    /** A name that no operation has yet; for the same paths in the same order always the same. */
    String unique(String chosen, String method, String path) {
        String name = chosen.isEmpty() ? derived(method, path) : chosen;
        String candidate = name;
        for (int i = 2; !used.add(candidate); i++) {
            candidate = name + i;
        }
        return candidate;
    }

    /** The words of a name, as a sentence has them. */
    static String words(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code post /v1/workflows/{id}/versions/{version}:rollback} becomes {@code rollbackWorkflowVersion}. */
    private static String derived(String method, String path) {
        String[] parts = path.replaceFirst("^/v1/", "").replaceFirst("^/", "").split(":", 2);
        List<String> nouns = new ArrayList<>();
        boolean one = false;
        for (String segment : parts[0].split("/", -1)) {
            one = segment.startsWith("{");
            if (one && !nouns.isEmpty()) {
                nouns.add(singular(nouns.removeLast()));
            } else if (!one) {
                nouns.add(segment);
            }
        }
        boolean list = method.equals("get") && !one && nouns.getLast().endsWith("s");
        String verb = parts.length > 1 ? parts[1] : list ? "list" : VERBS.getOrDefault(method, method);
        if (verb.equals("create")) {
            nouns.add(singular(nouns.removeLast()));
        }
        String name = camel(verb + "-" + String.join("-", nouns));
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static String singular(String noun) {
        return noun.replaceFirst("(?<=[a-z]{2})s$", "");
    }

    private static String camel(String text) {
        StringBuilder name = new StringBuilder();
        for (String word : text.split("[^A-Za-z0-9]+", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
