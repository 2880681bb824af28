package dev.automationengine.localstack.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A caller of the simulators, over HTTP with kept connections. */
final class Caller implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    Caller(SimulatorServer server) {
        this.base = server.url();
    }

    Reply get(String pathAndQuery, String token) throws IOException, InterruptedException {
        return send("GET", pathAndQuery, "", Map.of("Authorization", "Bearer " + token));
    }

    Reply postJson(String path, String token, String body) throws IOException, InterruptedException {
        return send("POST", path, body, Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
    }

    Reply postForm(String path, String token, Map<String, String> form) throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                Form.encode(form),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/x-www-form-urlencoded"));
    }

    Reply send(String method, String pathAndQuery, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return new Reply(http.send(request.build(), BodyHandlers.ofString()));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        int errorCode() {
            return at("/error/code").asInt();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
