package dev.automationengine.gateway.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says once what holds everywhere in the API: which problems an operation can have, what its headers mean, what a
 * parameter is that many operations share.
 */
final class Words {
    private static final String HEADERS = "#/components/headers/";

    private final JsonNode parameters;
    private final JsonNode tags;

    /** With descriptions of {@code parameters} and {@code tags} by their names. */
    Words(JsonNode words) {
        this.parameters = words.path("parameters");
        this.tags = words.path("tags");
    }

    /** What a group of operations is about; empty if nobody said. */
    String tag(String name) {
        return tags.path(name).asString("");
    }

    /** Completes an operation; what its service says of it stays. */
    void complete(String path, ObjectNode operation) {
        if (operation.has("parameters")) {
            operation.path("parameters").forEach(this::describe);
        }
        ObjectNode responses = operation.withObject("/responses");
        boolean secured = !operation.path("security").isArray()
                || !operation.path("security").isEmpty();
        responses.properties().forEach(response -> headers(operation, (ObjectNode) response.getValue(), secured));
        problems(path, operation, responses, secured);
    }

    private void describe(JsonNode parameter) {
        String said = parameters.path(parameter.path("name").asString("")).asString("");
        if (parameter instanceof ObjectNode node && !node.has("description") && !said.isEmpty()) {
            node.put("description", said);
        }
    }

    private static void headers(ObjectNode operation, ObjectNode response, boolean secured) {
        if (secured) {
            ObjectNode headers = response.withObject("/headers");
            headers.putObject("RateLimit").put("$ref", HEADERS + "RateLimit");
            headers.putObject("RateLimit-Policy").put("$ref", HEADERS + "RateLimitPolicy");
        }
        if (response.has("content") && takes(operation, "If-Match")) {
            response.withObject("/headers").putObject("ETag").put("$ref", HEADERS + "ETag");
        }
    }

    private static void problems(String path, ObjectNode operation, ObjectNode responses, boolean secured) {
        // What springdoc takes from the advice tells nothing of the operation.
        responses.propertyNames().stream()
                .filter(status -> status.startsWith("4") || status.startsWith("5"))
                .toList()
                .forEach(responses::remove);
        boolean body = operation.has("requestBody");
        boolean one = path.contains("{");
        add(responses, "400", "BadRequest", body || operation.has("parameters"));
        add(responses, "401", "Unauthenticated", secured);
        add(responses, "403", "Forbidden", secured);
        add(responses, "404", "NotFound", one);
        add(responses, "409", "Conflict", one && (path.contains(":") || takes(operation, "If-Match")));
        add(responses, "412", "PreconditionFailed", takes(operation, "If-Match"));
        add(responses, "413", "PayloadTooLarge", body);
        add(responses, "422", "IdempotencyKeyReused", takes(operation, "Idempotency-Key"));
        add(responses, "429", "RateLimited", secured);
        add(responses, "default", "Problem", true);
    }

    private static void add(ObjectNode responses, String status, String problem, boolean possible) {
        if (possible) {
            responses.putObject(status).put("$ref", "#/components/responses/" + problem);
        }
    }

    private static boolean takes(ObjectNode operation, String header) {
        return operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString("").equals(header));
    }
}
