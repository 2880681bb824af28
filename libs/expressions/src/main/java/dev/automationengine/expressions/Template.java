package dev.automationengine.expressions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON-like data with places to fill in: <code>{{ path or expression }}</code> inside strings, at any depth of objects and lists.
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
        return compile(json, Syntax.PATHS);
    }

    /**
     * Compiles JSON-like data, with what may stand between the braces.
     *
     * @throws InvalidExpressionException if a placeholder cannot be read or a limit is passed, with all findings
     */
    public static Template compile(@Nullable Object json, Syntax syntax) {
        TemplateCompiler compiler = new TemplateCompiler(syntax);
        Node root = compiler.compile(json);
        return new Template(root, compiler.references());
    }

    /**
     * Fills the places in, without a clock. Never throws, whatever the context holds, if only paths were compiled.
     *
     * @param context what the paths start from, for instance {@code trigger} and {@code steps}
     * @return data of the template's shape, unmodifiable; null only if the template is null or one whole placeholder
     * @throws EvaluationException if a JSONata expression fails
     */
    public @Nullable Object render(Map<String, ? extends @Nullable Object> context) {
        return new Rendering(context, null).of(root);
    }

    /**
     * Fills the places in. The same context and clock give the same result.
     *
     * @param now what {@code $now} and {@code $millis} say
     * @throws EvaluationException if a JSONata expression fails or passes a limit
     */
    public @Nullable Object render(Map<String, ? extends @Nullable Object> context, Instant now) {
        return new Rendering(context, now).of(root);
    }

    /** A value as it is, whatever it holds. */
    static Template constant(@Nullable Object value) {
        return new Template(new Node.Constant(value), List.of());
    }

    /** Whether there is nothing to fill in. */
    boolean isConstant() {
        return root instanceof Node.Constant;
    }

    /** Every place that reads the context, in the order of the source. */
    public List<Reference> references() {
        return references;
    }

    /** The compiled form. */
    sealed interface Node {
        record Constant(@Nullable Object value) implements Node {}

        record Value(Placeholder placeholder) implements Node {}

        record Text(List<Part> parts) implements Node {}

        record Items(List<Node> items) implements Node {}

        record Members(Map<String, Node> members) implements Node {}

        /** A piece of a text. */
        sealed interface Part {
            record Literal(String text) implements Part {}

            record Filled(Placeholder placeholder) implements Part {}
        }
    }
}
