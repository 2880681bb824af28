package dev.automationengine.expressions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON-like data with places to fill in: <code>{{ path }}</code> inside strings, at any depth of objects and lists.
 * Compiled once, rendered often; immutable.
 *
 * <ul>
 *   <li>A string that is one whole <code>{{ path }}</code> becomes the value itself, whatever its type; null if it is
 *       missing.
 *   <li>Inside other text, a value becomes text: null nothing, objects and lists their JSON.
 *   <li><code>\{{</code> stands for two braces that mean nothing.
 *   <li>Names of members are never filled in.
 * </ul>
 */
public final class Template {
    /** How deep objects and lists may be nested. */
    public static final int MAX_DEPTH = 16;
    /** The most values, objects and lists of a template. */
    public static final int MAX_NODES = 2_000;
    /** The most characters of all its strings. */
    public static final int MAX_CHARACTERS = 128 * 1024;
    /**
     * The most characters that filling in may put into the texts of one rendering; what is beyond is cut, so that a
     * small template and a large context cannot exhaust the memory. Whoever must not send cut text refuses inputs
     * below this size.
     */
    public static final int MAX_RENDERED_CHARACTERS = 1024 * 1024;

    private final Node root;
    private final List<Reference> references;

    private Template(Node root, List<Reference> references) {
        this.root = root;
        this.references = List.copyOf(references);
    }

    /**
     * Compiles JSON-like data: maps with string keys, lists, strings, numbers, booleans, null.
     *
     * @throws InvalidExpressionException if a placeholder cannot be read or a limit is passed, with all findings
     */
    public static Template compile(@Nullable Object json) {
        TemplateCompiler compiler = new TemplateCompiler();
        Node root = compiler.compile(json);
        return new Template(root, compiler.references());
    }

    /**
     * Fills the places in. Never throws, whatever the context holds.
     *
     * @param context what the paths start from, for instance {@code trigger} and {@code steps}
     * @return data of the template's shape, unmodifiable; null only if the template is null or one whole placeholder
     */
    public @Nullable Object render(Map<String, ? extends @Nullable Object> context) {
        return render(root, context, new TextBudget(MAX_RENDERED_CHARACTERS));
    }

    /** Every place that reads the context, in the order of the source. */
    public List<Reference> references() {
        return references;
    }

    private static @Nullable Object render(Node node, Object context, TextBudget budget) {
        return switch (node) {
            case Node.Constant(Object value) -> value;
            case Node.Value(Path path) -> path.resolve(context);
            case Node.Text(List<Node.Part> parts) -> text(parts, context, budget);
            case Node.Items(List<Node> items) -> {
                List<@Nullable Object> rendered = new ArrayList<>(items.size());
                items.forEach(item -> rendered.add(render(item, context, budget)));
                yield Collections.unmodifiableList(rendered);
            }
            case Node.Members(Map<String, Node> members) -> {
                Map<String, @Nullable Object> rendered = LinkedHashMap.newLinkedHashMap(members.size());
                members.forEach((name, member) -> rendered.put(name, render(member, context, budget)));
                yield Collections.unmodifiableMap(rendered);
            }
        };
    }

    private static String text(List<Node.Part> parts, Object context, TextBudget budget) {
        StringBuilder text = new StringBuilder();
        for (Node.Part part : parts) {
            switch (part) {
                case Node.Part.Literal(String literal) -> text.append(literal);
                case Node.Part.Placeholder(Path path) ->
                    text.append(budget.take(JsonText.of(path.resolve(context), budget.left())));
            }
        }
        return text.toString();
    }

    /** How much text one rendering may still put in. */
    private static final class TextBudget {
        private int left;

        TextBudget(int left) {
            this.left = left;
        }

        int left() {
            return left;
        }

        String take(String text) {
            String taken = text.length() <= left ? text : text.substring(0, left);
            left -= taken.length();
            return taken;
        }
    }

    /** The compiled form. */
    sealed interface Node {
        record Constant(@Nullable Object value) implements Node {}

        record Value(Path path) implements Node {}

        record Text(List<Part> parts) implements Node {}

        record Items(List<Node> items) implements Node {}

        record Members(Map<String, Node> members) implements Node {}

        /** A piece of a text. */
        sealed interface Part {
            record Literal(String text) implements Part {}

            record Placeholder(Path path) implements Part {}
        }
    }
}
