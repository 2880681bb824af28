package dev.automationengine.localstack.simulator;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /{page}/subscribed_apps}: a token reads all apps, and subscribes its own.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-leadgen">Meta:
 *     webhooks for leads</a>
 */
final class GraphPageApps {
    private static final Set<String> FIELDS = Set.of("feed", "leadgen", "mention", "messages", "messaging_postbacks");

    private final GraphAccess access;
    private final Tokens tokens;
    private final PageApps apps;

    GraphPageApps(GraphAccess access, Tokens tokens, PageApps apps) {
        this.access = access;
        this.tokens = tokens;
        this.apps = apps;
    }

    Answer list(Call call, String pageId) {
        visible("get", pageId, access.token(call));
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        apps.of(pageId).forEach((app, fields) -> {
            ArrayNode named = data.addObject()
                    .put("category", "Business")
                    .put("name", "App " + app)
                    .put("id", app)
                    .putArray("subscribed_fields");
            fields.forEach(named::add);
        });
        return Answer.json(200, answer);
    }

    /** The fields take the place of all that the app was subscribed to before. */
    Answer subscribe(Call call, String pageId) {
        String token = access.token(call);
        visible("post", pageId, token);
        String list = call.parameter("subscribed_fields")
                .orElseThrow(() -> GraphError.badParameter("The parameter subscribed_fields is required.")
                        .refused());
        Set<String> fields = new TreeSet<>(Arrays.asList(list.split(",", -1)));
        if (!FIELDS.containsAll(fields)) {
            throw GraphError.badParameter("Param subscribed_fields must be of " + new TreeSet<>(FIELDS))
                    .refused();
        }
        apps.subscribe(pageId, tokens.appOf(token), fields);
        // A text, as the documentation shows it.
        return Answer.json(200, Json.object().put("success", "true"));
    }

    private void visible(String method, String pageId, String token) {
        if (!tokens.seesPage(token, pageId)) {
            throw GraphError.notVisible(method, pageId).refused();
        }
    }
}
