package dev.automationengine.connectors.action;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that connectors let workflows do and be started by. Immutable; read once at start. */
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
        return load(null);
    }

    /**
     * Reads the manifests of this library and of a directory.
     *
     * @param directory null: no directory
     * @throws InvalidManifestException if one has a fault
     */
    public static ActionCatalog load(@Nullable Path directory) {
        List<Finding> findings = new ArrayList<>();
        ManifestReader reader = new ManifestReader(findings);
        List<Manifest> manifests = new ArrayList<>(reader.readAll());
        if (directory != null) {
            manifests.addAll(reader.readAll(directory));
        }
        return of(manifests, findings);
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
        Map<String, List<ConnectorDescriptor>> identified =
                manifests.stream().map(Manifest::descriptor).collect(Collectors.groupingBy(ConnectorDescriptor::id));
        identified.forEach((id, same) -> {
            if (same.size() > 1) {
                findings.add(new Finding(id, "is the id of several connectors"));
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
     * How credentials of a kind are connected by consent.
     *
     * @param overrides values that replace settings of the manifest
     * @return empty if no connector knows the kind, or its credentials are typed in
     */
    public Optional<OAuthProvider> oauth(String kind, Map<String, String> overrides) {
        return manifests.stream()
                .filter(manifest -> manifest.descriptor().credential().kind().equals(kind))
                .flatMap(manifest -> Stream.ofNullable(manifest.oauth())
                        .map(provider -> provider.with(manifest.settings(overrides))))
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
        return check(descriptor.input(), action, config);
    }

    /** The types of trigger that connectors bring, by name. */
    public List<TriggerDescriptor> triggers() {
        return connectors().stream()
                .flatMap(connector -> connector.triggers().stream())
                .sorted(Comparator.comparing(TriggerDescriptor::type))
                .toList();
    }

    /**
     * Checks the configuration of a trigger of a type that a connector brings.
     *
     * @return everything that is wrong, with pointers from the configuration's root
     */
    public List<Finding> check(TriggerDescriptor trigger, Map<String, ? extends @Nullable Object> config) {
        return check(trigger.config(), trigger.type(), config);
    }

    private static List<Finding> check(
            List<InputField> fields, String owner, Map<String, ? extends @Nullable Object> config) {
        List<Finding> findings = new ArrayList<>();
        for (InputField field : fields) {
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
                .filter(name -> fields.stream().noneMatch(field -> field.name().equals(name)))
                .sorted()
                .forEach(name -> findings.add(new Finding("/" + escaped(name), "is unknown to " + owner)));
        return findings;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
