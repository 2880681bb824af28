package dev.automationengine.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the document says once for all operations. */
class WordsTest {
    private final JsonMapper json = JsonMapper.shared();

    @Test
    void a_secured_operation_names_the_problems_it_can_have_and_no_others() {
        assertThat(operation("get", "/v1/things/{id}", "").at("/responses").propertyNames())
                .containsExactly("200", "401", "403", "404", "429", "default");
        assertThat(operation("get", "/webhooks/x", "").at("/responses").propertyNames())
                .containsExactly("200", "default");
    }

    @Test
    void a_change_that_takes_an_e_tag_answers_one_and_may_come_too_late() {
        JsonNode operation = operation("post", "/v1/things/{id}:paint", parameter("If-Match", "header"));

        assertThat(operation.at("/operationId").asString()).isEqualTo("paintThing");
        assertThat(operation.at("/responses").propertyNames()).contains("409", "412");
        assertThat(operation.at("/responses/200/headers").propertyNames())
                .containsExactlyInAnyOrder("RateLimit", "RateLimit-Policy", "ETag");
    }

    @Test
    void an_idempotency_key_may_belong_to_another_request() {
        assertThat(operation("post", "/v1/things", parameter("Idempotency-Key", "header"))
                        .at("/responses")
                        .propertyNames())
                .contains("422");
    }

    @Test
    void what_a_service_says_of_a_parameter_holds_and_else_the_common_word() {
        JsonNode parameters = operation(
                        "get",
                        "/v1/things",
                        "{\"name\": \"limit\", \"in\": \"query\", \"description\": \"own\"}, "
                                + parameter("cursor", "query"))
                .at("/parameters");

        assertThat(parameters.at("/0/description").asString()).isEqualTo("own");
        assertThat(parameters.at("/1/description").asString()).contains("next_cursor");
    }

    @Test
    void every_problem_and_header_that_is_referred_to_is_there() {
        JsonNode merged = merged("post", "/v1/things/{id}:paint", parameter("If-Match", "header"));

        assertThat(merged.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(merged.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    private JsonNode operation(String method, String path, String parameters) {
        return merged(method, path, parameters).at("/paths/" + path.replace("/", "~1") + "/" + method);
    }

    private JsonNode merged(String method, String path, String parameters) {
        return new DocumentMerge(json).merge(Map.of("dispatcher", json.readTree("""
                {"paths": {"%s": {"%s": {%s "responses": {"503": {}, "200": {"description": "OK", "content":
                   {"application/json": {"schema": {"type": "object"}}}}}}}}}""".formatted(
                        path, method, parameters.isEmpty() ? "" : "\"parameters\": [" + parameters + "],"))));
    }

    private static String parameter(String name, String in) {
        return "{\"name\": \"%s\", \"in\": \"%s\"}".formatted(name, in);
    }
}
