package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What later steps get of an answer. */
final class AnswerTemplate {
    private static final Condition NEVER = new Condition.Any(List.of());

    private final Template output;
    private final Condition failed;
    private final boolean whole;

    private AnswerTemplate(Template output, Condition failed, boolean whole) {
        this.output = output;
        this.failed = failed;
        this.whole = whole;
    }

    /**
     * Reads the member {@code response} of an action's manifest.
     *
     * @param whole whether the output may be as long as the answer
     */
    static AnswerTemplate read(ManifestNode node, boolean whole) {
        node.only("output", "failed");
        return new AnswerTemplate(
                readOutput(node.get("output")).output,
                node.get("failed").present() ? node.get("failed").condition() : NEVER,
                whole);
    }

    /** Reads a member {@code output}. */
    static AnswerTemplate readOutput(ManifestNode output) {
        if (!(output.raw() instanceof Map)) {
            output.objection("must be an object");
            return new AnswerTemplate(Template.compile(Map.of()), NEVER, false);
        }
        return new AnswerTemplate(output.compiled(), NEVER, false);
    }

    /** What templates and conditions read of an answer. */
    static Map<String, @Nullable Object> context(int status, AnswerBody body) {
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("status", status);
        context.put("body", body.value());
        return context;
    }

    /** Whether an answer with a status of success tells of a failure all the same. */
    boolean failed(int status, AnswerBody body) {
        return failed.test(Map.of("trigger", context(status, body)));
    }

    Map<String, @Nullable Object> output(int status, AnswerBody body) {
        Map<String, @Nullable Object> rendered = output.render(context(status, body)) instanceof Map<?, ?> members
                ? TemplatedAction.withoutNulls(members)
                : new HashMap<>();
        if (body.tooLongForOutput() && !whole) {
            rendered.values().removeIf(value -> !TemplatedAction.small(value));
        }
        return rendered;
    }
}
