package dev.automationengine.systemtests.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files that say how the fleet is deployed, and what the documentation says about it. */
final class DeployFiles {
    static final Path ROOT =
            Path.of(System.getProperty("engine.root", "../..")).toAbsolutePath().normalize();
    static final Path CHART = ROOT.resolve("deploy/helm/automation-engine");
    /** Where the project's files can be read, as alerts and dashboards link to them. */
    static final String PUBLISHED = "https://automation-engine.dev/";

    static final Set<String> SERVICES = Set.of(
            "api-gateway",
            "trigger-service",
            "polling-service",
            "dispatcher-service",
            "scheduler-service",
            "worker-service",
            "logging-service");
    /** What no service can do without. */
    static final Set<String> SHARED =
            Set.of("ENGINE_PORT", "ENGINE_KAFKA", "ENGINE_REDIS", "ENGINE_MONGODB", "ENGINE_INTERNAL_TOKEN_KEYS");

    private static final Pattern VARIABLE = Pattern.compile("ENGINE_[A-Z_]+[A-Z]");
    private static final Pattern VARIANT = Pattern.compile("[ …](_[A-Z]+)");

    private DeployFiles() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The documents of a YAML text that are maps, anchors and merges resolved. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> yaml(String text) {
        Iterable<Object> documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .filter(Map.class::isInstance)
                .map(document -> (Map<String, Object>) document)
                .toList();
    }

    /** The value at a path of members and list positions; fails if it isn't there. */
    static Object at(Object node, Object... path) {
        Object here = node;
        for (Object step : path) {
            Object next = switch (here) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list when step instanceof Integer position -> list.get(position);
                default -> null;
            };
            if (next == null) {
                throw new AssertionError("nothing at " + List.of(path) + " (" + step + ") in " + node);
            }
            here = next;
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node, Object... path) {
        return (Map<String, Object>) at(node, path);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object node, Object... path) {
        return (List<Object>) at(node, path);
    }

    /** The variables in the tables of docs/architecture.md and deploy/README.md. */
    static Set<String> documentedVariables() {
        Set<String> names = new TreeSet<>();
        for (String file : List.of("docs/architecture.md", "deploy/README.md")) {
            text(file)
                    .lines()
                    .filter(line -> line.startsWith("| ENGINE_"))
                    .map(line -> line.split("\\|", 3)[1])
                    .forEach(cell -> addVariables(cell, names));
        }
        return names;
    }

    static Set<String> variablesIn(String text) {
        return VARIABLE.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    /** A cell names one variable, or one and the endings of others: {@code ENGINE_URL_A (…_B, _C)}. */
    private static void addVariables(String cell, Set<String> names) {
        Matcher first = VARIABLE.matcher(cell);
        if (!first.find()) {
            return;
        }
        String name = first.group();
        names.add(name);
        String stem = name.substring(0, name.lastIndexOf('_'));
        VARIANT.matcher(cell.substring(first.end())).results().forEach(ending -> names.add(stem + ending.group(1)));
    }
}
