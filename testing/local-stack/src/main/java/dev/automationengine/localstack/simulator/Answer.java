package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP answer.
 *
 * @param headers with {@code Content-Type} if there is a body
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String JSON_TYPE = "application/json; charset=UTF-8";

    static Answer json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    static Answer json(int status, Map<String, String> headers, JsonNode body) {
        return text(status, headers, JSON_TYPE, body.toString());
    }

    static Answer text(int status, Map<String, String> headers, String contentType, String body) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", contentType));
        all.putAll(headers);
        return new Answer(status, all, body.getBytes(UTF_8));
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    Answer plus(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body);
    }

    String text() {
        return new String(body, UTF_8);
    }
}
