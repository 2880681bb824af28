package dev.automationengine.localstack.demo;

import dev.automationengine.localstack.fleet.FleetException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks JSON over HTTP with one bearer token. */
public final class EngineClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final String token;

    /**
     * A client of one server.
     *
     * @param base its URL, without a slash at its end
     * @param token sent as bearer; empty: none
     */
    public EngineClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Reads; anything but 200 throws. */
    public JsonNode get(String path) {
        return json(send(request(path).GET().build(), 200));
    }

    /** Creates; any other status than the expected one throws. */
    public JsonNode post(String path, Object body, int expected) {
        return json(send(
                request(path)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                expected));
    }

    /** Writes; anything but 2xx throws. */
    public void put(String path, Object body) {
        HttpRequest request = request(path)
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        int status = exchange(request).statusCode();
        if (status / 100 != 2) {
            throw new FleetException("PUT " + request.uri() + " answered " + status);
        }
    }

    /** Whether the server takes the token. */
    boolean isAuthorized(String path) {
        return exchange(request(path).GET().build()).statusCode() == 200;
    }

    /** Sends a request and returns the body of its answer, which has to have the expected status. */
    static String send(HttpRequest request, int expected) {
        HttpResponse<String> answer = exchange(request);
        if (answer.statusCode() != expected) {
            throw new FleetException(
                    request.method() + " " + request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new FleetException(request.method() + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", e);
        }
    }
}
