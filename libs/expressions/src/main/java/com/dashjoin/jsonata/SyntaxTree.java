package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The way into what dashjoin's JSONata keeps to its package: the tree of a parsed expression. It lies in that package
 * because the alternative is reflection, which breaks at run time instead of at compile time when the library changes.
 * Marked alone: a package-info would declare the whole of the library free of null.
 */
@NullMarked
public final class SyntaxTree {
    private SyntaxTree() {}

    /** The root of what was parsed. */
    public static Symbol root(Jsonata expression) {
        return expression.ast;
    }

    /** What kind of node it is, for instance {@code path}, {@code name}, {@code variable}, {@code regex}. */
    public static String type(Symbol node) {
        return node.type == null ? "" : node.type;
    }

    /** The name, literal or operator. */
    public static @Nullable Object value(Symbol node) {
        return node.value;
    }

    /** Where the node ends in the source, counted from 0. */
    public static int position(Symbol node) {
        return node.position;
    }

    /** Replaces a regular expression by a function that matches. */
    public static void replaceRegex(Symbol node, Jsonata.JFunction matcher) {
        node.type = "value";
        node.value = matcher;
    }

    /** The pattern of a {@code regex} node. */
    public static Pattern regex(Symbol node) {
        return (Pattern) node.value;
    }

    /** The steps of a path, at least one; empty for every other node. */
    public static List<Symbol> steps(Symbol node) {
        return node.steps == null ? List.of() : node.steps;
    }

    /** The names that a node gives to values: of a binding, of a lambda's parameters, of {@code @} and {@code #}. */
    public static List<String> binds(Symbol node) {
        List<String> names = new ArrayList<>();
        if ("bind".equals(node.type) && node.lhs != null) {
            names.add(String.valueOf(node.lhs.value));
        }
        if ("lambda".equals(node.type) && node.arguments != null) {
            node.arguments.forEach(parameter -> names.add(String.valueOf(parameter.value)));
        }
        if (node.focus != null) {
            names.add(String.valueOf(node.focus));
        }
        if (node.index != null) {
            names.add(String.valueOf(node.index));
        }
        if ("index".equals(node.type)) {
            names.add(String.valueOf(node.value));
        }
        return names;
    }

    /** What is evaluated with the same context as the node itself, without the steps of a path. */
    public static List<Symbol> sameContext(Symbol node) {
        List<Symbol> inner = new ArrayList<>();
        add(inner, node.expression);
        add(inner, node.procedure);
        addAll(inner, "lambda".equals(node.type) ? null : node.arguments);
        add(inner, node.body);
        add(inner, node.condition);
        add(inner, node.then);
        add(inner, node._else);
        addAll(inner, node.expressions);
        if (!"bind".equals(node.type)) {
            add(inner, node.lhs);
        }
        add(inner, node.rhs);
        if (!"path".equals(node.type)) {
            pairs(inner, node.lhsObject);
        }
        return inner;
    }

    /** What is evaluated for the elements of something: predicates, stages, sort terms, groups, transforms. */
    public static List<Symbol> otherContext(Symbol node) {
        List<Symbol> inner = new ArrayList<>();
        for (List<Symbol> filters : Arrays.asList(node.predicate, node.stages)) {
            if (filters != null) {
                filters.forEach(filter -> add(inner, filter.expr instanceof Symbol symbol ? symbol : null));
                filters.stream().filter(filter -> "index".equals(filter.type)).forEach(inner::add);
            }
        }
        if (node.terms != null) {
            node.terms.forEach(term -> add(inner, term.expression));
        }
        if (node.group != null) {
            pairs(inner, node.group.lhsObject);
        }
        add(inner, node.pattern);
        add(inner, node.update);
        add(inner, node.delete);
        return inner;
    }

    /** What names the groups, evaluated for each element: the keys of {@code list{key: value}}. */
    public static List<Symbol> groupKeys(Symbol node) {
        if (node.group == null || node.group.lhsObject == null) {
            return List.of();
        }
        return node.group.lhsObject.stream().map(pair -> pair[0]).toList();
    }

    /** Whether the node makes an object; of a list, it groups its elements. */
    public static boolean isObject(Symbol node) {
        return "unary".equals(node.type) && "{".equals(node.value);
    }

    /** Whether a value is a function of any kind. */
    public static boolean isFunction(@Nullable Object value) {
        return value instanceof Symbol || value instanceof Jsonata.JLambda || value instanceof Jsonata.JFunction;
    }

    /** The library's own function of this name. */
    public static Jsonata.JFunction builtIn(String name) {
        return (Jsonata.JFunction) Jsonata.staticFrame.lookup(name);
    }

    /** The names of the library's own functions. */
    public static List<String> builtIns() {
        return List.copyOf(Jsonata.staticFrame.bindings.keySet());
    }

    /** The library's text for an error code, with {@code {{...}}} where it would quote values; null if unknown. */
    public static @Nullable String errorText(String code) {
        return Jsonata.errorCodes.get(code);
    }

    private static void pairs(List<Symbol> into, @Nullable List<Symbol[]> pairs) {
        if (pairs != null) {
            pairs.forEach(pair -> into.addAll(List.of(pair)));
        }
    }

    private static void addAll(List<Symbol> into, @Nullable List<Symbol> nodes) {
        if (nodes != null) {
            nodes.forEach(node -> add(into, node));
        }
    }

    private static void add(List<Symbol> into, @Nullable Symbol node) {
        if (node != null) {
            into.add(node);
        }
    }
}
