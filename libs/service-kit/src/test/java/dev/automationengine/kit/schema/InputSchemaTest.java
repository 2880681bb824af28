package dev.automationengine.kit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class InputSchemaTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["email"], "additionalProperties": false,
             "properties": {"email": {"type": "string", "minLength": 3}, "size": {"enum": ["S", "M"]},
                            "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 2}}}
            """;

    @Test
    void an_input_that_fits_has_no_findings() {
        assertThat(findings("{\"email\": \"joe@example.com\", \"size\": \"M\", \"tags\": [\"a\"]}"))
                .isEmpty();
    }

    @Test
    void all_that_does_not_fit_is_told_with_its_place() {
        assertThat(findings("{\"email\": 7, \"size\": \"L\", \"tags\": [1, \"b\", \"c\"], \"more\": 1}"))
                .extracting(found -> found.split(" ", 2)[0])
                .containsExactlyInAnyOrder("/email", "/size", "/tags", "/tags/0", "/more");
        assertThat(findings("{}")).hasSize(1).first().asString().startsWith("/email ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$ref':'#'}|/$ref",
                "{'properties':{'a':{'pattern':'(a+)+$'}}}|/properties/a/pattern",
                "{'items':{'$dynamicRef':'x'}}|/items/$dynamicRef",
                "{'anyOf':[{'patternProperties':{}}]}|/anyOf/0/patternProperties",
                "{'type':'strng'}|/type",
                "{'required':'a'}|/required",
                "{'properties':{'a':7}}|/properties/a",
                "[]|''",
                "true|''"
            })
    void a_schema_that_cannot_be_used_is_told_with_its_place(String json, String pointer) {
        List<String> found = new ArrayList<>();
        Object schema = JsonMapper.shared().readValue(json.replace('\'', '"'), Object.class);

        assertThat(InputSchema.read(schema, (place, reason) -> found.add(place)))
                .isEmpty();
        assertThat(found).contains(pointer.equals("''") ? "" : pointer);
    }

    @Test
    void a_schema_that_is_nested_too_deep_is_refused_before_anybody_follows_it() {
        StringBuilder deep = new StringBuilder("{}");
        for (int i = 0; i < 200; i++) {
            deep.insert(0, "{\"not\":").append('}');
        }
        List<String> found = new ArrayList<>();
        assertThat(InputSchema.read(
                        JsonMapper.shared().readValue(deep.toString(), Object.class),
                        (place, reason) -> found.add(reason)))
                .isEmpty();
        assertThat(found).containsExactly("is nested more than 10 deep");
    }

    private static List<String> findings(String input) {
        List<String> found = new ArrayList<>();
        Map<String, Object> tree = JsonMapper.shared().readValue(input, new TypeReference<>() {});
        InputSchema.read(JsonMapper.shared().readValue(SCHEMA, Object.class), (place, reason) -> {
                    throw new AssertionError(place + reason);
                })
                .orElseThrow()
                .check(tree, (place, reason) -> found.add(place + " " + reason));
        return found;
    }
}
