package dev.automationengine.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentMergeTest {
    private final JsonMapper json = JsonMapper.shared();

    @Test
    void schemas_of_one_name_that_differ_are_told_apart_and_so_is_what_refers_to_them() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        parts.put("dispatcher", part("/v1/workflows", "{\"aName\": {\"type\": \"string\"}}"));
        parts.put("logging", part("/v1/executions", "{\"other\": {\"type\": \"string\"}}"));
        JsonNode merged = new DocumentMerge(json).merge(parts);

        assertThat(merged.at("/components/schemas").propertyNames())
                .containsExactly("LoggingPage", "LoggingStep", "Page", "Problem", "Step");
        assertThat(schemaOf(merged, "/v1/workflows")).isEqualTo("#/components/schemas/Page");
        assertThat(schemaOf(merged, "/v1/executions")).isEqualTo("#/components/schemas/LoggingPage");
        assertThat(merged.at("/components/schemas/LoggingPage/properties/step/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/LoggingStep");
    }

    @Test
    void schemas_that_are_the_same_are_one_with_members_in_snake_case() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        String members = "{\"httpStatus\": {\"type\": \"integer\"}}";
        parts.put("dispatcher", part("/v1/workflows", members));
        parts.put("logging", part("/v1/executions", members));
        JsonNode merged = new DocumentMerge(json).merge(parts);

        assertThat(merged.at("/components/schemas").propertyNames()).containsExactly("Page", "Problem", "Step");
        assertThat(merged.at("/components/schemas/Step/properties").propertyNames())
                .containsExactly("http_status");
    }

    @Test
    void operations_have_names_of_their_own_a_tag_a_summary_and_the_problem_as_answer() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        parts.put("dispatcher", part("/v1/workflows", "{}"));
        parts.put("logging", part("/v1/executions/{id}/timeline", "{}"));
        JsonNode merged = new DocumentMerge(json).merge(parts);

        JsonNode first = merged.at("/paths/~1v1~1workflows/get");
        assertThat(first.at("/operationId").asString()).isEqualTo("listWorkflows");
        assertThat(first.at("/tags/0").asString()).isEqualTo("workflows");
        assertThat(first.at("/summary").asString()).isEqualTo("List workflows");
        assertThat(first.at("/responses").propertyNames()).containsExactly("200", "default");
        assertThat(merged.at("/paths/~1v1~1executions~1{id}~1timeline/get/operationId")
                        .asString())
                .isEqualTo("listExecutionsTimeline");
        assertThat(merged.at("/paths").propertyNames()).noneMatch(path -> path.startsWith("/internal"));
    }

    private JsonNode part(String path, String members) {
        return json.readTree("""
                {"paths": {"%s": {"get": {"operationId": "list_1", "responses": {"404": {}, "200": {"content":
                   {"*/*": {"schema": {"$ref": "#/components/schemas/Page"}}}}}}},
                  "/internal/x": {"get": {}}},
                 "components": {"schemas": {
                  "Page": {"type": "object", "properties": {"step": {"$ref": "#/components/schemas/Step"}}},
                  "Step": {"type": "object", "properties": %s}}}}""".formatted(path, members));
    }

    private static String schemaOf(JsonNode document, String path) {
        return document.at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content/*~1*/schema/$ref")
                .asString();
    }
}
