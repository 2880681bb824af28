package dev.automationengine.connectors.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All actions that workflows may use. Immutable; read once at start. */
public final class ActionCatalog {
    private final List<Manifest> manifests;
    private final Map<String, ActionDescriptor> byName;

    private ActionCatalog(List<Manifest> manifests, Map<String, ActionDescriptor> byName) {
        this.manifests = manifests;
        this.byName = byName;
    }

    /**
     * Reads the manifests of this library.
     *
     * @throws InvalidManifestException if one has a fault
     */
    public static ActionCatalog load() {
        List<Finding> findings = new ArrayList<>();
        return of(new ManifestReader(findings).readAll(), findings);
    }

    static ActionCatalog of(List<Manifest> manifests, List<Finding> findings) {
        List<ActionDescriptor> actions = manifests.stream()
                .flatMap(manifest -> manifest.descriptor().actions().stream())
                .toList();
        Map<String, List<ActionDescriptor>> named =
                actions.stream().collect(Collectors.groupingBy(ActionDescriptor::name));
        named.forEach((name, same) -> {
            if (same.size() > 1) {
                findings.add(new Finding(name, "is an action of several connectors"));
            }
        });
        if (!findings.isEmpty()) {
            throw new InvalidManifestException(findings);
        }
        return new ActionCatalog(
                List.copyOf(manifests),
                actions.stream().collect(Collectors.toUnmodifiableMap(ActionDescriptor::name, Function.identity())));
    }

    /** The action of that name; empty if there is none. */
    public Optional<ActionDescriptor> find(String action) {
        return Optional.ofNullable(byName.get(action));
    }

    /** All actions, by name. */
    public List<ActionDescriptor> all() {
        return byName.values().stream()
                .sorted(Comparator.comparing(ActionDescriptor::name))
                .toList();
    }

    /** All connectors. */
    public List<ConnectorDescriptor> connectors() {
        return manifests.stream().map(Manifest::descriptor).toList();
    }

    /** The kind of credential of that name; empty if no connector knows it. */
    public Optional<CredentialKind> credentialKind(String kind) {
        return connectors().stream()
                .map(ConnectorDescriptor::credential)
                .filter(credential -> credential.kind().equals(kind))
                .findFirst();
    }

    /**
     * Checks the configuration of a step, templates not yet filled in.
     *
     * @param action the action's name
     * @param config its configuration
     * @return everything that is wrong, with pointers from the configuration's root; empty if all is well. An unknown
     *     action is a finding at the root
     */
    public List<Finding> check(String action, Map<String, ? extends @Nullable Object> config) {
        ActionDescriptor descriptor = byName.get(action);
        if (descriptor == null) {
            return List.of(new Finding("", "unknown action " + action));
        }
        List<Finding> findings = new ArrayList<>();
        for (InputField field : descriptor.input()) {
            Object value = config.get(field.name());
            if (value == null) {
                if (field.required()) {
                    findings.add(new Finding("/" + field.name(), "is missing"));
                }
                continue;
            }
            String objection = field.objection(value);
            if (objection != null) {
                findings.add(new Finding("/" + field.name(), objection));
            }
        }
        config.keySet().stream()
                .filter(name -> descriptor.input().stream()
                        .noneMatch(field -> field.name().equals(name)))
                .sorted()
                .forEach(name -> findings.add(new Finding("/" + escaped(name), "is unknown to " + action)));
        return findings;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
