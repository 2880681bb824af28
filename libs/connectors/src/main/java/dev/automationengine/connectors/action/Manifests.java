package dev.automationengine.connectors.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The manifests that hold at a time.
 *
 * @param all each of them
 * @param actions what they let workflows do, by name
 */
record Manifests(List<Manifest> all, Map<String, ActionDescriptor> actions) {
    /**
     * Puts manifests together.
     *
     * @param findings what is wrong with each by itself; this adds what is wrong with them together
     * @throws InvalidManifestException if anything is wrong
     */
    static Manifests of(List<Manifest> manifests, List<Finding> findings) {
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
        manifests.stream()
                .flatMap(manifest -> manifest.descriptor().polls().stream())
                .collect(Collectors.groupingBy(PollDescriptor::source))
                .forEach((source, same) -> {
                    if (same.size() > 1) {
                        findings.add(new Finding(source, "is a source of several connectors"));
                    }
                });
        Map<ActionDescriptor.Variant, List<ActionDescriptor>> variants = actions.stream()
                .filter(action -> action.variant() != null)
                .collect(Collectors.groupingBy(action -> Objects.requireNonNull(action.variant())));
        variants.forEach((variant, same) -> {
            if (same.size() > 1) {
                findings.add(new Finding(variant.of(), "has several actions of the provider " + variant.provider()));
            }
            if (!named.containsKey(variant.of())) {
                findings.add(new Finding(
                        same.getFirst().name(), "is a variant of " + variant.of() + ", which is no action"));
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
        return new Manifests(
                List.copyOf(manifests),
                actions.stream().collect(Collectors.toUnmodifiableMap(ActionDescriptor::name, Function.identity())));
    }

    /** What connectors tell the world. */
    List<ConnectorDescriptor> connectors() {
        return all.stream().map(Manifest::descriptor).toList();
    }
}
