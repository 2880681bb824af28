package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /{app}/subscriptions}, with the app's own token. The callback has to pass the handshake before it is taken.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/reference/app/subscriptions">Meta: app subscriptions</a>
 */
final class GraphAppSubscriptions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> FIELDS = Set.of("feed", "leadgen", "mention", "messages", "messaging_postbacks");

    private final MetaApps apps;

    GraphAppSubscriptions(MetaApps apps) {
        this.apps = apps;
    }

    Answer list(Call call, String appId) {
        authenticate(call, appId);
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        apps.of(appId).ifPresent(subscription -> {
            ArrayNode fields = data.addObject()
                    .put("object", "page")
                    .put("callback_url", subscription.callbackUrl())
                    .put("active", subscription.active())
                    .putArray("fields");
            MetaApps.ordered(subscription)
                    .forEach(field -> fields.addObject().put("name", field).put("version", "v26.0"));
        });
        return Answer.json(200, answer);
    }

    Answer subscribe(Call call, String appId) {
        authenticate(call, appId);
        if (!required(call, "object").equals("page")) {
            throw GraphError.badParameter("The simulator knows subscriptions to pages only.")
                    .refused();
        }
        Set<String> fields =
                new TreeSet<>(Arrays.asList(required(call, "fields").split(",", -1)));
        if (!FIELDS.containsAll(fields)) {
            throw GraphError.badParameter("Param fields must be of " + new TreeSet<>(FIELDS))
                    .refused();
        }
        String callback = required(call, "callback_url");
        if (!shakesHands(callback, required(call, "verify_token"))) {
            throw GraphError.of(2200, "(#2200) Callback verification failed").refused();
        }
        apps.subscribe(appId, new MetaApps.Subscription(callback, fields, true));
        return Answer.json(200, Json.object().put("success", "true"));
    }

    private void authenticate(Call call, String appId) {
        String token = call.bearer()
                .or(() -> call.parameter("access_token"))
                .orElseThrow(() -> GraphError.noToken().refused());
        if (!apps.isTokenOf(appId, token)) {
            throw GraphError.of(190, "Invalid OAuth access token signature.").refused();
        }
    }

    private static boolean shakesHands(String callback, String verifyToken) {
        String challenge = Long.toString(Math.abs(UUID.randomUUID().getMostSignificantBits()));
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI url = URI.create(callback + "?hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                    + URLEncoder.encode(verifyToken, UTF_8));
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().equals(challenge);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String required(Call call, String name) {
        return call.parameter(name)
                .orElseThrow(() -> GraphError.badParameter("The parameter " + name + " is required.")
                        .refused());
    }
}
