package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Template;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What later steps get of an answer. */
final class AnswerTemplate {
    private final Template output;

    private AnswerTemplate(Template output) {
        this.output = output;
    }

    /** Reads the member {@code response} of an action's manifest. */
    static AnswerTemplate read(ManifestNode node) {
        node.only("output");
        return readOutput(node.get("output"));
    }

    /** Reads a member {@code output}. */
    static AnswerTemplate readOutput(ManifestNode output) {
        if (!(output.raw() instanceof Map)) {
            output.objection("must be an object");
            return new AnswerTemplate(Template.compile(Map.of()));
        }
        return new AnswerTemplate(output.compiled());
    }

    /** What templates and conditions read of an answer. */
    static Map<String, @Nullable Object> context(int status, AnswerBody body) {
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("status", status);
        context.put("body", body.value());
        return context;
    }

    Map<String, @Nullable Object> output(int status, AnswerBody body) {
        Map<String, @Nullable Object> rendered = output.render(context(status, body)) instanceof Map<?, ?> members
                ? TemplatedAction.withoutNulls(members)
                : new HashMap<>();
        if (body.tooLongForOutput()) {
            rendered.values().removeIf(value -> !TemplatedAction.small(value));
        }
        return rendered;
    }
}
