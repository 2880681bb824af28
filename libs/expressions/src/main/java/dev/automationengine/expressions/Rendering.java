package dev.automationengine.expressions;

import dev.automationengine.expressions.Template.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One filling in of a {@link Template}. */
final class Rendering {
    private final Map<String, ? extends @Nullable Object> context;
    private final @Nullable Instant now;
    /** How much text may still be put in. */
    private int left = Template.MAX_RENDERED_CHARACTERS;

    Rendering(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
        this.context = context;
        this.now = now;
    }

    @Nullable
    Object of(Node node) {
        return switch (node) {
            case Node.Constant(Object value) -> value;
            case Node.Value(Placeholder placeholder) -> placeholder.read(context, now);
            case Node.Text(List<Node.Part> parts) -> text(parts);
            case Node.Items(List<Node> items) -> {
                List<@Nullable Object> rendered = new ArrayList<>(items.size());
                items.forEach(item -> rendered.add(of(item)));
                yield Collections.unmodifiableList(rendered);
            }
            case Node.Members(Map<String, Node> members) -> {
                Map<String, @Nullable Object> rendered = LinkedHashMap.newLinkedHashMap(members.size());
                members.forEach((name, member) -> rendered.put(name, of(member)));
                yield Collections.unmodifiableMap(rendered);
            }
        };
    }

    private String text(List<Node.Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Node.Part part : parts) {
            switch (part) {
                case Node.Part.Literal(String literal) -> text.append(literal);
                case Node.Part.Filled(Placeholder placeholder) ->
                    text.append(take(JsonText.of(placeholder.read(context, now), left)));
            }
        }
        return text.toString();
    }

    private String take(String text) {
        String taken = text.length() <= left ? text : text.substring(0, left);
        left -= taken.length();
        return taken;
    }
}
