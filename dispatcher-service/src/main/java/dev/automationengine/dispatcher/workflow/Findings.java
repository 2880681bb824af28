package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Syntax;
import dev.automationengine.expressions.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a document while it is read, and reads its members with that in mind. */
final class Findings {
    private static final String WAIT =
            "must be an ISO-8601 duration such as PT2H or P3D, above zero and at most " + Wait.LONGEST;

    private final List<Finding> found = new ArrayList<>();

    void add(String pointer, String reason) {
        found.add(new Finding(pointer, reason));
    }

    void addAll(String pointer, List<Finding> below) {
        below.forEach(each -> add(pointer + each.pointer(), each.reason()));
    }

    boolean any() {
        return !found.isEmpty();
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    /** Compiles something; its findings are added below the pointer and null is returned if it cannot be. */
    private <T> @Nullable T compiled(String pointer, Function<@Nullable Object, T> compiler, @Nullable Object json) {
        try {
            return compiler.apply(json);
        } catch (InvalidExpressionException e) {
            addAll(pointer, e.findings());
            return null;
        }
    }

    /** Compiles a value with places to fill in; null with findings if it cannot be. */
    @Nullable
    Template template(String pointer, @Nullable Object json) {
        return compiled(pointer, each -> Template.compile(each, Syntax.JSONATA), json);
    }

    /** Compiles a condition; null with findings if it cannot be. */
    @Nullable
    Condition condition(String pointer, @Nullable Object json) {
        return compiled(pointer, each -> Condition.parse(each, Syntax.JSONATA), json);
    }

    /** Reads a text by a parser that throws IllegalArgumentException; null if it is absent or has another form. */
    <T> @Nullable T parsed(Map<?, ?> members, String name, String pointer, Function<String, T> parser, String form) {
        Object json = members.get(name);
        if (json == null) {
            return null;
        }
        try {
            if (json instanceof String text) {
                return parser.apply(text);
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            add(Finding.child(pointer, name), form);
            return null;
        }
        add(Finding.child(pointer, name), form);
        return null;
    }

    /** How long something is waited for: above zero and at most {@link Wait#LONGEST}; null if absent or not so. */
    @Nullable
    Duration wait(Map<?, ?> members, String name, String pointer) {
        Duration duration = parsed(members, name, pointer, Duration::parse, WAIT);
        if (duration != null && (!duration.isPositive() || duration.compareTo(Wait.LONGEST) > 0)) {
            add(Finding.child(pointer, name), WAIT);
            return null;
        }
        return duration;
    }

    /** The same, where it has to be said. */
    @Nullable
    Duration neededWait(Map<?, ?> members, String name, String pointer) {
        if (members.get(name) == null) {
            add(Finding.child(pointer, name), WAIT);
        }
        return wait(members, name, pointer);
    }

    /** A member that must be an object. */
    Map<?, ?> object(@Nullable Object json, String pointer, String mend) {
        if (json instanceof Map<?, ?> members) {
            return members;
        }
        add(pointer, mend);
        return Map.of();
    }

    /** Refuses what a step may not have, beside what all may. */
    void refuseUnknownInStep(Map<?, ?> members, Set<String> ofType, String pointer) {
        Set<String> known = new HashSet<>(StepFrameParser.MEMBERS);
        known.addAll(ofType);
        refuseUnknown(members, known, pointer);
    }

    void refuseUnknown(Map<?, ?> members, Set<String> known, String pointer) {
        members.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> add(
                        Finding.child(pointer, name),
                        "is unknown here; known are "
                                + String.join(", ", known.stream().sorted().toList())));
    }
}
