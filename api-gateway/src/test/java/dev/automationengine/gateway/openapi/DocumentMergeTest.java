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
                .containsExactly("LoggingPage", "LoggingStep", "Page", "Problem", "ProblemField", "Step");
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

        assertThat(merged.at("/components/schemas").propertyNames())
                .containsExactly("Page", "Problem", "ProblemField", "Step");
        assertThat(merged.at("/components/schemas/Step/properties").propertyNames())
                .containsExactly("http_status");
    }

    @Test
    void operations_have_names_of_their_own_a_tag_and_a_summary() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        parts.put("dispatcher", part("/v1/workflows", "{}"));
        parts.put("logging", part("/v1/executions/{id}/timeline", "{}"));
        JsonNode merged = new DocumentMerge(json).merge(parts);

        JsonNode first = merged.at("/paths/~1v1~1workflows/get");
        assertThat(first.at("/operationId").asString()).isEqualTo("listWorkflows");
        assertThat(first.at("/tags/0").asString()).isEqualTo("workflows");
        assertThat(first.at("/summary").asString()).isEqualTo("List workflows");
        assertThat(merged.at("/tags/1/name").asString()).isEqualTo("workflows");
        assertThat(merged.at("/tags/1/description").asString()).isNotEmpty();
        assertThat(merged.at("/paths/~1v1~1executions~1{id}~1timeline/get/operationId")
                        .asString())
                .isEqualTo("getExecutionTimeline");
        assertThat(merged.at("/paths").propertyNames()).noneMatch(path -> path.startsWith("/internal"));
    }

    @Test
    void types_of_one_name_in_one_service_are_two_schemas_with_short_names() {
        JsonNode part = json.readTree("""
                {"paths": {"/v1/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
                   {"$ref": "#/components/schemas/dev.engine.kit.PageDev.engine.x.XController.View"}}}}}}}},
                 "components": {"schemas": {
                  "dev.engine.kit.PageDev.engine.x.XController.View": {},
                  "dev.engine.one.Difference": {"type": "string"},
                  "dev.engine.two.Difference": {"type": "object"},
                  "dev.engine.two.Result.Difference": {"type": "number"}}}}""".replace("dev.engine", "dev.automationengine"));
        JsonNode merged = new DocumentMerge(json).merge(Map.of("dispatcher", part));

        assertThat(merged.at("/components/schemas").propertyNames())
                .containsExactly(
                        "OneDifference", "Problem", "ProblemField", "ResultDifference", "TwoDifference", "XViewPage");
        assertThat(schemaOf(merged, "/v1/x")).isEqualTo("#/components/schemas/XViewPage");
    }

    @Test
    void what_is_never_null_is_required_in_answers_but_not_in_requests() {
        JsonNode part = json.readTree("""
                {"paths": {"/v1/x": {"post": {
                   "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}},
                   "responses": {"200": {"content": {"application/json": {"schema":
                      {"$ref": "#/components/schemas/Out"}}}}}}}},
                 "components": {"schemas": {
                  "In": {"type": "object", "required": ["b"], "properties": {"aName": {}, "b": {}}, "x-present": ["aName"]},
                  "Out": {"type": "object", "properties": {"aName": {}, "b": {}}, "x-present": ["aName"]}}}}""");
        JsonNode schemas = new DocumentMerge(json).merge(Map.of("worker", part)).at("/components/schemas");

        assertThat(schemas.at("/In/required")).hasToString("[\"b\"]");
        assertThat(schemas.at("/Out/required")).hasToString("[\"a_name\"]");
        assertThat(schemas.toString()).doesNotContain("x-present");
    }

    private JsonNode part(String path, String members) {
        return json.readTree("""
                {"paths": {"%s": {"get": {"responses": {"404": {}, "200": {"content":
                   {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}}}},
                  "/internal/x": {"get": {}}},
                 "components": {"schemas": {
                  "Page": {"type": "object", "properties": {"step": {"$ref": "#/components/schemas/Step"}}},
                  "Step": {"type": "object", "properties": %s}}}}""".formatted(path, members));
    }

    private static String schemaOf(JsonNode document, String path) {
        return document.at("/paths/" + path.replace("/", "~1")
                        + "/get/responses/200/content/application~1json/schema/$ref")
                .asString();
    }
}
