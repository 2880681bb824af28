package dev.automationengine.connectors.action;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that connectors let workflows do and be started by, as it is now: the manifests of a directory may be replaced while
 * the service runs ({@link ConnectorReload}). Thread-safe.
 */
public final class ActionCatalog {
    private static final String PROVIDER = "provider";

    private final List<Successor> successors = new CopyOnWriteArrayList<>();
    private volatile Manifests current;

    private ActionCatalog(Manifests manifests) {
        this.current = manifests;
    }

    /** Gets ready for other manifests before anybody knows of them. */
    @FunctionalInterface
    interface Successor {
        /**
         * Prepares.
         *
         * @return what makes them hold; it cannot fail
         * @throws InvalidManifestException if they cannot work
         */
        Runnable prepare(List<Manifest> manifests);
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
        return new ActionCatalog(read(directory == null ? Map.of() : new ManifestDirectory(directory).read()));
    }

    static ActionCatalog of(List<Manifest> manifests, List<Finding> findings) {
        return new ActionCatalog(Manifests.of(manifests, findings));
    }

    private static Manifests read(Map<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        ManifestReader reader = new ManifestReader(findings);
        List<Manifest> manifests = new ArrayList<>(reader.readAll());
        files.forEach((name, text) -> reader.readFile(name, text).ifPresent(manifests::add));
        return Manifests.of(manifests, findings);
    }

    /** Lets somebody prepare for other manifests from now on. */
    void whenReplaced(Successor successor) {
        successors.add(successor);
    }

    /**
     * Replaces the manifests of the directory, all or none.
     *
     * @param files texts by file name
     * @throws InvalidManifestException if one cannot work; then those before hold
     */
    synchronized void replace(Map<String, String> files) {
        Manifests next = read(files);
        List<Runnable> prepared =
                successors.stream().map(each -> each.prepare(next.all())).toList();
        prepared.forEach(Runnable::run);
        current = next;
    }

    /** The action of that name; empty if there is none. */
    public Optional<ActionDescriptor> find(String action) {
        return Optional.ofNullable(current.actions().get(action));
    }

    /**
     * What a step performs: the action that it names, or of an action that several third parties can perform that of the
     * provider in its configuration. Empty if there is none such.
     */
    public Optional<ActionDescriptor> find(String action, Map<String, ? extends @Nullable Object> config) {
        Object provider = config.get(PROVIDER);
        return variants(action)
                .filter(each ->
                        Objects.requireNonNull(each.variant()).provider().equals(provider))
                .findFirst()
                .or(() -> find(action));
    }

    /** A step's configuration as the action of {@link #find(String, Map)} takes it. */
    public Map<String, @Nullable Object> input(String action, Map<String, @Nullable Object> config) {
        if (variants(action).findAny().isEmpty()) {
            return config;
        }
        Map<String, @Nullable Object> input = new LinkedHashMap<>(config);
        input.remove(PROVIDER);
        return input;
    }

    private Stream<ActionDescriptor> variants(String action) {
        return current.actions().values().stream()
                .filter(each -> each.variant() != null && each.variant().of().equals(action));
    }

    /** All actions, by name. */
    public List<ActionDescriptor> all() {
        return current.actions().values().stream()
                .sorted(Comparator.comparing(ActionDescriptor::name))
                .toList();
    }

    /** All connectors. */
    public List<ConnectorDescriptor> connectors() {
        return current.connectors();
    }

    /** The connector of that id; empty if there is none. */
    public Optional<ConnectorDescriptor> connector(String id) {
        return connectors().stream()
                .filter(connector -> connector.id().equals(id))
                .findFirst();
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
        return manifests().stream()
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
        Optional<ActionDescriptor> descriptor = find(action, config);
        if (descriptor.isEmpty()) {
            return List.of(new Finding("", "unknown action " + action));
        }
        if (descriptor.get().name().equals(action)) {
            return check(descriptor.get().input(), action, config);
        }
        Map<String, @Nullable Object> input = new LinkedHashMap<>(config);
        input.remove(PROVIDER);
        return check(descriptor.get().input(), descriptor.get().name(), input);
    }

    /** The sources that triggers of the type POLL may name, by name. */
    public List<PollDescriptor> polls() {
        return connectors().stream()
                .flatMap(connector -> connector.polls().stream())
                .sorted(Comparator.comparing(PollDescriptor::source))
                .toList();
    }

    /**
     * Checks a trigger's configuration of a source.
     *
     * @return everything that is wrong, with pointers from the configuration's root
     */
    public List<Finding> check(PollDescriptor poll, Map<String, ? extends @Nullable Object> config) {
        return check(poll.config(), poll.source(), config);
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
        return current.all();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
