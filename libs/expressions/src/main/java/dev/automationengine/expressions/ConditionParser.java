package dev.automationengine.expressions;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@link Condition}, collecting all findings. */
final class ConditionParser {
    private static final String FIELD = "field";
    private static final String OPERATOR = "operator";
    private static final String VALUE = "value";
    private static final String ZONE = "zone";
    private static final String ALL = "all";
    private static final String ANY = "any";
    private static final String NOT = "not";
    private static final Set<String> COMPARISON_MEMBERS = Set.of(FIELD, OPERATOR, VALUE, ZONE);
    private static final Template NO_VALUE = Template.compile(null);
    private static final Condition INVALID = new Condition.All(List.of());

    private final List<Finding> findings = new ArrayList<>();
    private final Syntax syntax;
    private int comparisons;

    ConditionParser(Syntax syntax) {
        this.syntax = syntax;
    }

    Condition parse(@Nullable Object json) {
        Condition condition = condition(json, "", 0);
        if (comparisons > Condition.MAX_COMPARISONS) {
            findings.add(new Finding("", "more than " + Condition.MAX_COMPARISONS + " comparisons: make it smaller"));
        }
        if (!findings.isEmpty()) {
            throw new InvalidExpressionException(findings);
        }
        return condition;
    }

    private Condition condition(@Nullable Object json, String pointer, int depth) {
        if (depth > Condition.MAX_DEPTH) {
            return invalid(pointer, "nested deeper than " + Condition.MAX_DEPTH + " levels: make it flatter");
        }
        if (!(json instanceof Map<?, ?> members)) {
            return invalid(pointer, "a condition is an object: {field, operator, value}, {all}, {any} or {not}");
        }
        for (String group : List.of(ALL, ANY, NOT)) {
            if (members.containsKey(group)) {
                return group(group, members, pointer, depth);
            }
        }
        return comparison(members, pointer);
    }

    private Condition group(String group, Map<?, ?> members, String pointer, int depth) {
        refuseUnknown(members, Set.of(group), pointer);
        Object inner = members.get(group);
        String at = Finding.child(pointer, group);
        if (group.equals(NOT)) {
            return new Condition.Not(condition(inner, at, depth + 1));
        }
        if (!(inner instanceof List<?> list) || list.isEmpty()) {
            return invalid(at, "a list of at least one condition is needed");
        }
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < list.size() && comparisons <= Condition.MAX_COMPARISONS; i++) {
            conditions.add(condition(list.get(i), Finding.child(at, i), depth + 1));
        }
        return group.equals(ALL) ? new Condition.All(conditions) : new Condition.Any(conditions);
    }

    private Condition comparison(Map<?, ?> members, String pointer) {
        comparisons++;
        refuseUnknown(members, COMPARISON_MEMBERS, pointer);
        Field field = field(members.get(FIELD), Finding.child(pointer, FIELD));
        Operator operator = operator(members.get(OPERATOR), Finding.child(pointer, OPERATOR));
        Template value = operator == null ? NO_VALUE : value(operator, members, Finding.child(pointer, VALUE));
        ZoneId zone = zone(members, Finding.child(pointer, ZONE));
        return field == null || operator == null ? INVALID : new Condition.Comparison(field, operator, value, zone);
    }

    private @Nullable Field field(@Nullable Object json, String pointer) {
        if (!(json instanceof String text)) {
            findings.add(new Finding(pointer, "name the field to look at, for instance \"email\""));
            return null;
        }
        try {
            return Field.parse(text);
        } catch (InvalidExpressionException e) {
            e.findings().forEach(found -> findings.add(new Finding(pointer, found.reason())));
            return null;
        }
    }

    private @Nullable Operator operator(@Nullable Object json, String pointer) {
        Operator operator = json instanceof String name ? Operator.named(name).orElse(null) : null;
        if (operator == null) {
            findings.add(new Finding(pointer, "must be one of " + Arrays.toString(Operator.values())));
        }
        return operator;
    }

    private ZoneId zone(Map<?, ?> members, String pointer) {
        if (!members.containsKey(ZONE)) {
            return ZoneOffset.UTC;
        }
        Optional<ZoneId> zone = members.get(ZONE) instanceof String name ? Times.zone(name) : Optional.empty();
        return zone.orElseGet(() -> {
            findings.add(new Finding(pointer, "not a time zone: write it such as \"Asia/Kolkata\""));
            return ZoneOffset.UTC;
        });
    }

    private Template value(Operator operator, Map<?, ?> members, String pointer) {
        Object value = members.get(VALUE);
        Template template = template(value, pointer);
        boolean known = template.isConstant() || !(value instanceof String);
        ComparedValues.wrong(operator, members.containsKey(VALUE), value, known)
                .ifPresent(reason -> findings.add(new Finding(pointer, reason)));
        return switch (operator.takes()) {
            case NOTHING -> NO_VALUE;
            case PATTERN -> pattern(template, value, pointer);
            case ANYTHING, LIST, PAIR, REGION, TIME, DURATION, SIZE -> template;
        };
    }

    /** A pattern that is known is compiled once. */
    private Template pattern(Template template, @Nullable Object value, String pointer) {
        if (!template.isConstant() || !(value instanceof String source)) {
            return template;
        }
        try {
            return Template.constant(LinearPattern.compile(source, 0));
        } catch (InvalidExpressionException e) {
            e.findings().forEach(found -> findings.add(new Finding(pointer, found.reason())));
            return NO_VALUE;
        }
    }

    private Template template(@Nullable Object value, String pointer) {
        try {
            return Template.compile(value, syntax);
        } catch (InvalidExpressionException e) {
            e.findings().forEach(found -> findings.add(new Finding(pointer + found.pointer(), found.reason())));
            return NO_VALUE;
        }
    }

    private void refuseUnknown(Map<?, ?> members, Set<String> known, String pointer) {
        for (Object name : members.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                findings.add(new Finding(
                        Finding.child(pointer, String.valueOf(name)),
                        "unknown here: a condition is {field, operator, value, zone}, {all}, {any} or {not}"));
            }
        }
    }

    private Condition invalid(String pointer, String reason) {
        findings.add(new Finding(pointer, reason));
        return INVALID;
    }

    static void collectReferences(Condition condition, String pointer, List<Reference> into) {
        switch (condition) {
            case Condition.Comparison(Field field, Operator operator, Template value, ZoneId zone) -> {
                if (field.explicit()) {
                    into.add(new Reference(Finding.child(pointer, FIELD), field.path()));
                }
                value.references()
                        .forEach(each ->
                                into.add(new Reference(Finding.child(pointer, VALUE) + each.pointer(), each.path())));
            }
            case Condition.All(List<Condition> all) -> collectAll(all, Finding.child(pointer, ALL), into);
            case Condition.Any(List<Condition> any) -> collectAll(any, Finding.child(pointer, ANY), into);
            case Condition.Not(Condition not) -> collectReferences(not, Finding.child(pointer, NOT), into);
        }
    }

    private static void collectAll(List<Condition> conditions, String pointer, List<Reference> into) {
        for (int i = 0; i < conditions.size(); i++) {
            collectReferences(conditions.get(i), Finding.child(pointer, i), into);
        }
    }
}
