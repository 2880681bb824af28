package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a manifest's requests go: a template, or a list of them, of which the first counts that names nothing absent. So an
 * address that came with a consent goes before that of everybody else.
 */
final class BaseUrl {
    private final List<Template> choices;

    private BaseUrl(List<Template> choices) {
        this.choices = choices;
    }

    /** Reads the member {@code base_url}; absent: every request has its own. */
    static BaseUrl read(ManifestNode node) {
        if (!node.present()) {
            return new BaseUrl(List.of(Template.compile("")));
        }
        List<ManifestNode> nodes = node.raw() instanceof List ? node.elements() : List.of(node);
        return new BaseUrl(nodes.stream().map(ManifestNode::compiled).toList());
    }

    /** Without a slash at its end. */
    String render(Map<String, ? extends @Nullable Object> context) {
        Template chosen = choices.stream()
                .filter(choice -> choice.references().stream()
                        .allMatch(reference -> reference.path().resolve(context) != null))
                .findFirst()
                .orElseGet(choices::getLast);
        return String.valueOf(chosen.render(context)).replaceAll("/+$", "");
    }
}
