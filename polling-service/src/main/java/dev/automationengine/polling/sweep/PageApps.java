package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.meta.GraphError;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Which apps a page tells of what happens to it. A subscription belongs to the app of the token that makes it; those of
 * other apps are neither changed nor ended.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-leadgen">Webhooks
 *     for Leads</a>
 */
@Component
class PageApps {
    private static final String LEADS = "leadgen";
    private static final int OK = 200;
    /** Names of fields come from Graph and go back there in a URL. */
    private static final Pattern FIELD = Pattern.compile("[a-z_]{1,64}");

    private static final Pattern ID = Pattern.compile("[0-9]{1,32}");

    private final GraphCalls graph;
    private final String appId;

    PageApps(GraphCalls graph, GraphProperties properties) {
        this.graph = graph;
        this.appId = properties.appId();
    }

    /** What Graph says. */
    sealed interface Answer<T> {
        /** What was asked for. */
        record Told<T>(T value) implements Answer<T> {}

        /** Nothing; the code is a short name without personal data. */
        record Refused<T>(String code) implements Answer<T> {}
    }

    /**
     * The app's subscription to a page.
     *
     * @param leads whether leads are told
     * @param fields all that is told, as far as Graph names it
     */
    record Subscription(boolean leads, Set<String> fields) {
        private static final Subscription NONE = new Subscription(false, Set.of());
    }

    /** The page of a form. */
    Answer<String> pageOf(String formId, String token) {
        return switch (get(formId + "?fields=page_id", token)) {
            case Answer.Refused<JsonNode>(String code) -> new Answer.Refused<>(code);
            case Answer.Told<JsonNode>(JsonNode form) -> {
                String page = form.path("page_id").asString("");
                yield isId(page) ? new Answer.Told<>(page) : new Answer.Refused<>("page_unknown");
            }
        };
    }

    /** Whether a text may be put in a URL as an id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The subscription of the configured app. */
    Answer<Subscription> subscription(String pageId, String token) {
        return switch (get(pageId + "/subscribed_apps?limit=200", token)) {
            case Answer.Refused<JsonNode>(String code) -> new Answer.Refused<>(code);
            case Answer.Told<JsonNode>(JsonNode body)
            when body.path("data").isArray() ->
                new Answer.Told<>(body.path("data")
                        .valueStream()
                        .filter(app -> app.path("id").asString("").equals(appId))
                        .findFirst()
                        .map(PageApps::read)
                        .orElse(Subscription.NONE));
            case Answer.Told<JsonNode> unreadable -> new Answer.Refused<>("graph_unreadable");
        };
    }

    /**
     * Subscribes the app of the token to leads, besides what it is subscribed to: Graph takes the list for the whole.
     *
     * @return why it could not; empty: Graph says that it did
     */
    Optional<String> subscribe(String pageId, Set<String> before, String token) {
        Set<String> fields = new TreeSet<>(before);
        fields.add(LEADS);
        String query = pageId + "/subscribed_apps?subscribed_fields=" + String.join(",", fields);
        return switch (answer("POST", query, token)) {
            case Answer.Refused<JsonNode>(String code) -> Optional.of(code);
            // A boolean, or, as Meta's documentation shows it, a text.
            case Answer.Told<JsonNode>(JsonNode body) ->
                body.path("success").asString("").equals("true") ? Optional.empty() : Optional.of("graph_unreadable");
        };
    }

    private static Subscription read(JsonNode app) {
        JsonNode named = app.path("subscribed_fields");
        Set<String> fields = new TreeSet<>();
        named.forEach(field -> {
            if (FIELD.matcher(field.asString("")).matches()) {
                fields.add(field.asString());
            }
        });
        // Some versions of Graph name the app only.
        return new Subscription(!named.isArray() || fields.contains(LEADS), fields);
    }

    private Answer<JsonNode> get(String pathAndQuery, String token) {
        return answer("GET", pathAndQuery, token);
    }

    private Answer<JsonNode> answer(String method, String pathAndQuery, String token) {
        return switch (graph.send(method, pathAndQuery, token)) {
            case GraphCalls.Reply.Unanswered(String reason) -> new Answer.Refused<>(reason);
            case GraphCalls.Reply.Answered(int status, JsonNode body)
            when status == OK && !body.has("error") -> new Answer.Told<>(body);
            case GraphCalls.Reply.Answered(int status, JsonNode body) ->
                new Answer.Refused<>(GraphError.of(status, body).code());
        };
    }
}
