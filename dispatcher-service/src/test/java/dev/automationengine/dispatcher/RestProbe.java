package dev.automationengine.dispatcher;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.model.id.OrgId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as the gateway does, for one organization. */
record RestProbe(int port, OrgId org, InternalTokens tokens, JsonMapper json) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    RestProbe ofOrg(OrgId other) {
        return new RestProbe(port, other, tokens, json);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> put(String path, String body, String ifMatch) {
        return send(request(path).header("If-Match", ifMatch).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    Map<String, Object> getMap(String path) {
        return map(get(path));
    }

    Map<String, Object> postMap(String path, String body) {
        return map(post(path, body));
    }

    Map<String, Object> postMap(String path, String body, String header, String value) {
        return map(send(request(path).header(header, value).POST(BodyPublishers.ofString(body))));
    }

    Map<String, Object> putMap(String path, String body) {
        return map(send(request(path).PUT(BodyPublishers.ofString(body))));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(HttpResponse<String> answer) {
        return json.readValue(answer.body(), Map.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + tokens.mint("test", org, InternalTokens.SCOPE_API));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
