package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.SyntaxTree;
import dev.automationengine.expressions.Path.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks the tree of a parsed expression once: collects what it reads, links the functions that it calls, replaces its
 * regular expressions by linear ones, and refuses what cannot be.
 */
final class ExpressionAnalysis {
    private static final String WHOLE =
            "reads the context as a whole: name what to read, such as trigger.fields.email or steps.ID.output";

    private final Set<Path> reads = new LinkedHashSet<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<Symbol> groupKeys = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Symbol> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    ExpressionAnalysis(Jsonata parsed) {
        try {
            walk(SyntaxTree.root(parsed), true);
        } catch (StackOverflowError e) {
            throw new InvalidExpressionException("nested too deep: make it flatter");
        }
        link(parsed);
        if (!findings.isEmpty()) {
            throw new InvalidExpressionException(
                    findings.stream().map(each -> new Finding("", each)).toList());
        }
    }

    List<Path> reads() {
        return List.copyOf(reads);
    }

    /** What names groups, by identity. If there is any, the library writes into lists that it reads. */
    Set<Symbol> groupKeys() {
        return groupKeys;
    }

    private void link(Jsonata parsed) {
        for (String name : variables) {
            Function function = FunctionLibrary.named(name);
            if (function != null) {
                parsed.registerFunction(name, function);
            } else if (name.equals(FunctionLibrary.EVAL)) {
                findings.add("$eval is not available: write the expression itself");
            } else if (!bound.contains(name)) {
                findings.add("there is no function or variable $" + name + ": is it spelt right?");
            }
        }
    }

    private void walk(Symbol node, boolean atRoot) {
        if (!seen.add(node)) {
            return;
        }
        bound.addAll(SyntaxTree.binds(node));
        groupKeys.addAll(SyntaxTree.groupKeys(node));
        switch (SyntaxTree.type(node)) {
            case "path" -> path(SyntaxTree.steps(node), atRoot);
            case "name" -> read(atRoot, List.of(key(node)));
            case "variable" -> variable(node, atRoot);
            case "wildcard", "descendant" -> {
                if (atRoot) {
                    findings.add(WHOLE);
                }
            }
            case "regex" -> regex(node);
            default -> {}
        }
        SyntaxTree.sameContext(node).forEach(inner -> walk(inner, atRoot));
        SyntaxTree.otherContext(node).forEach(inner -> walk(inner, false));
    }

    /** Only the first step of a path is evaluated with the context that the path has. */
    private void path(List<Symbol> steps, boolean atRoot) {
        Symbol first = steps.getFirst();
        boolean variable = SyntaxTree.type(first).equals("variable");
        boolean whole =
                variable && ("$".equals(SyntaxTree.value(first)) || atRoot && "".equals(SyntaxTree.value(first)));
        List<Segment> segments = new ArrayList<>();
        for (Symbol step : whole ? steps.subList(1, steps.size()) : steps) {
            if (!SyntaxTree.type(step).equals("name")) {
                break;
            }
            segments.add(key(step));
        }
        boolean named = !segments.isEmpty();
        if (whole || atRoot && SyntaxTree.type(first).equals("name")) {
            read(true, segments);
        }
        for (int i = 0; i < steps.size(); i++) {
            Symbol step = steps.get(i);
            if (i == 0 && (whole || named) || SyntaxTree.type(step).equals("name")) {
                seen.add(step);
                groupKeys.addAll(SyntaxTree.groupKeys(step));
                bound.addAll(SyntaxTree.binds(step));
                SyntaxTree.otherContext(step).forEach(inner -> walk(inner, false));
            } else {
                walk(step, atRoot && i == 0);
            }
        }
    }

    private void variable(Symbol node, boolean atRoot) {
        String name = String.valueOf(SyntaxTree.value(node));
        if (name.equals("$") || name.isEmpty() && atRoot) {
            findings.add(WHOLE);
        } else if (!name.isEmpty()) {
            variables.add(name);
        }
    }

    private void read(boolean atRoot, List<Segment> segments) {
        if (atRoot && segments.isEmpty()) {
            findings.add(WHOLE);
        } else if (atRoot) {
            reads.add(new Path(segments));
        }
    }

    private void regex(Symbol node) {
        try {
            SyntaxTree.replaceRegex(node, LinearPattern.of(SyntaxTree.regex(node)));
        } catch (InvalidExpressionException e) {
            e.findings().forEach(found -> findings.add(found.reason()));
        }
    }

    private static Segment key(Symbol name) {
        return new Segment.Key(String.valueOf(SyntaxTree.value(name)));
    }
}
