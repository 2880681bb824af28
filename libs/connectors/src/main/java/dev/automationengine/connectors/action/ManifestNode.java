package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a manifest. What is wrong there is added to the findings, and reading goes on with a substitute: whoever
 * writes a manifest sees all faults at once.
 */
final class ManifestNode {
    private final String path;
    private final @Nullable Object value;
    private final List<Finding> findings;

    ManifestNode(String path, @Nullable Object value, List<Finding> findings) {
        this.path = path;
        this.value = value;
        this.findings = findings;
    }

    /** The member of that name, there or not. */
    ManifestNode get(String name) {
        Object member = value instanceof Map<?, ?> map ? map.get(name) : null;
        return new ManifestNode(path + "/" + name, member, findings);
    }

    boolean present() {
        return value != null;
    }

    @Nullable
    Object raw() {
        return value;
    }

    /** The text here, which must be there. */
    String text() {
        if (value == null) {
            return objection("is missing");
        }
        return value instanceof String || value instanceof Number ? value.toString() : objection("must be a text");
    }

    String textOr(String substitute) {
        return present() ? text() : substitute;
    }

    boolean flag() {
        if (value != null && !(value instanceof Boolean)) {
            objection("must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** The elements of the list here; none if there is no list. */
    List<ManifestNode> elements() {
        if (!(value instanceof List<?> list)) {
            if (value != null) {
                objection("must be a list");
            }
            return List.of();
        }
        List<ManifestNode> nodes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            nodes.add(new ManifestNode(path + "/" + i, list.get(i), findings));
        }
        return nodes;
    }

    List<String> texts() {
        return elements().stream().map(ManifestNode::text).toList();
    }

    /** What {@code parse} makes of the text here; a failure is a finding. */
    <T> Optional<T> parsed(Function<String, T> parse) {
        String text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (RuntimeException e) {
            objection("cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The constant of an enum, written in lower case. */
    <E extends Enum<E>> E constant(Class<E> type, E substitute) {
        return parsed(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT))).orElse(substitute);
    }

    /** The template here; one that renders nothing if there is none. */
    Template compiled() {
        try {
            return Template.compile(value);
        } catch (InvalidExpressionException e) {
            e.findings().forEach(finding -> findings.add(new Finding(path + finding.pointer(), finding.reason())));
            return Template.compile(null);
        }
    }

    /** The condition here; one that never holds if it cannot be read. */
    Condition condition() {
        try {
            return Condition.parse(value);
        } catch (InvalidExpressionException e) {
            e.findings().forEach(finding -> findings.add(new Finding(path + finding.pointer(), finding.reason())));
            return new Condition.Any(List.of());
        }
    }

    /** Where it is, for findings of others. */
    String path() {
        return path;
    }

    /** All findings of the reading that this place is part of. */
    List<Finding> findings() {
        return findings;
    }

    /** Names every member that is none of these. */
    void only(String... names) {
        if (!(value instanceof Map<?, ?> map)) {
            objection("must be an object");
            return;
        }
        List<String> known = List.of(names);
        map.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .forEach(name -> get(name).objection("is unknown"));
    }

    /** Adds a finding and returns an empty text. */
    String objection(String detail) {
        findings.add(new Finding(path, detail));
        return "";
    }
}
