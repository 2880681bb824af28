package dev.automationengine.expressions;

import dev.automationengine.expressions.Template.Node;
import dev.automationengine.expressions.Template.Node.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles one {@link Template}, collecting all findings. */
final class TemplateCompiler {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Node NULL = new Node.Constant(null);

    private final List<Finding> findings = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final Syntax syntax;
    private int nodes;
    private int characters;

    TemplateCompiler(Syntax syntax) {
        this.syntax = syntax;
    }

    Node compile(@Nullable Object json) {
        Node root = node(json, "", 0);
        if (nodes > Template.MAX_NODES) {
            findings.add(new Finding("", "more than " + Template.MAX_NODES + " values: make it smaller"));
        }
        if (characters > Template.MAX_CHARACTERS) {
            findings.add(new Finding("", "more than " + Template.MAX_CHARACTERS + " characters: make it smaller"));
        }
        if (!findings.isEmpty()) {
            throw new InvalidExpressionException(findings);
        }
        return root;
    }

    List<Reference> references() {
        return references;
    }

    private Node node(@Nullable Object json, String pointer, int depth) {
        if (++nodes > Template.MAX_NODES || characters > Template.MAX_CHARACTERS) {
            return NULL;
        }
        if (depth > Template.MAX_DEPTH) {
            findings.add(new Finding(pointer, "nested deeper than " + Template.MAX_DEPTH + " levels: make it flatter"));
            return NULL;
        }
        return switch (json) {
            case String text -> text(text, pointer);
            case Map<?, ?> members -> members(members, pointer, depth);
            case List<?> items -> items(items, pointer, depth);
            case null, default -> new Node.Constant(json);
        };
    }

    private Node members(Map<?, ?> members, String pointer, int depth) {
        Map<String, Node> compiled = LinkedHashMap.newLinkedHashMap(members.size());
        members.forEach((key, value) -> {
            String name = String.valueOf(key);
            characters += name.length();
            compiled.put(name, node(value, Finding.child(pointer, name), depth + 1));
        });
        return new Node.Members(compiled);
    }

    private Node items(List<?> items, String pointer, int depth) {
        List<Node> compiled = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            compiled.add(node(items.get(i), Finding.child(pointer, i), depth + 1));
        }
        return new Node.Items(compiled);
    }

    private Node text(String text, String pointer) {
        characters += text.length();
        if (!text.contains(OPEN)) {
            return new Node.Constant(text);
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            if (open > at && text.charAt(open - 1) == '\\') {
                literal.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            int close = syntax == Syntax.JSONATA
                    ? ExpressionEnd.of(text, open + OPEN.length())
                    : endOfPlaceholder(text, open + OPEN.length());
            if (close < 0) {
                findings.add(new Finding(
                        pointer, "the {{ at character " + (open + 1) + " is never closed: add }}, or write \\{{"));
                return NULL;
            }
            literal.append(text, at, open);
            flush(literal, parts);
            placeholder(text, open, close, pointer, parts);
            at = close + CLOSE.length();
        }
        literal.append(text, at, text.length());
        flush(literal, parts);
        return simplest(parts);
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static Node simplest(List<Part> parts) {
        if (parts.size() != 1) {
            return new Node.Text(List.copyOf(parts));
        }
        return switch (parts.getFirst()) {
            case Part.Literal(String literal) -> new Node.Constant(literal);
            case Part.Filled(Placeholder placeholder) -> new Node.Value(placeholder);
        };
    }

    private void placeholder(String text, int open, int close, String pointer, List<Part> parts) {
        try {
            Placeholder placeholder = Placeholder.parse(text.substring(open + OPEN.length(), close), pointer, syntax);
            placeholder.reads().forEach(path -> references.add(new Reference(pointer, path)));
            parts.add(new Part.Filled(placeholder));
        } catch (InvalidExpressionException e) {
            findings.add(new Finding(pointer, "in the {{ at character " + (open + 1) + ": " + e.getMessage()));
        }
    }

    /** Where the placeholder closes; braces between quotes belong to a key. */
    private static int endOfPlaceholder(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quote != 0) {
                if (character == '\\') {
                    i++;
                } else if (character == quote) {
                    quote = 0;
                }
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (text.startsWith(CLOSE, i)) {
                return i;
            }
        }
        return -1;
    }
}
