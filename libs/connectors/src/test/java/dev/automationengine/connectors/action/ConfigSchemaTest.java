package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that forms go by says of a configuration what the check of workflows says. */
class ConfigSchemaTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<InputField> FIELDS = List.of(
            new InputField("text", InputField.Type.STRING, true, "A text", List.of()),
            new InputField("count", InputField.Type.NUMBER, false, "A number", List.of()),
            new InputField("flag", InputField.Type.BOOLEAN, false, "A flag", List.of()),
            new InputField("map", InputField.Type.OBJECT, false, "An object", List.of()),
            new InputField("list", InputField.Type.ARRAY, false, "A list", List.of()),
            new InputField("colour", InputField.Type.STRING, false, "One of two", List.of("red", "blue")),
            new InputField("any", InputField.Type.ANY, false, "Anything", List.of()));

    static Stream<ManifestExample> examples() {
        return ActionCatalog.load().manifests().stream().flatMap(ManifestExample::of);
    }

    static Stream<Map<String, Object>> configurations() {
        return Stream.of(
                Map.of(),
                Map.of("text", "x"),
                Map.of("text", 1),
                Map.of("text", "x", "count", 1, "flag", true, "map", Map.of(), "list", List.of(), "any", 1),
                Map.of("text", "x", "count", "1"),
                Map.of("text", "x", "count", "{{ trigger.n }}"),
                Map.of("text", "x", "flag", "yes"),
                Map.of("text", "x", "flag", "{{ a }}", "map", "{{ b }}", "list", "{{ c }}", "colour", "{{ d }}"),
                Map.of("text", "x", "map", List.of()),
                Map.of("text", "x", "list", Map.of()),
                Map.of("text", "x", "colour", "red"),
                Map.of("text", "x", "colour", "green"),
                Map.of("text", "x", "any", List.of(Map.of())),
                Map.of("text", "x", "other", "x"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void it_accepts_what_the_check_accepts_and_nothing_else(Map<String, Object> config) {
        ActionDescriptor action = new ActionDescriptor(
                "A", "A", "a", null, false, EffectMode.UNSAFE, Duration.ofSeconds(1), FIELDS, Map.of(), null);
        TriggerDescriptor trigger = new TriggerDescriptor("T", "T", "a", FIELDS);

        boolean fits = ActionCatalog.load().check(trigger, config).isEmpty();

        assertThat(accepts(action.configSchema(), config)).isEqualTo(fits);
        assertThat(accepts(trigger.configSchema(), config)).isEqualTo(fits);
    }

    @ParameterizedTest
    @MethodSource("examples")
    @SuppressWarnings("unchecked")
    void it_says_of_every_example_of_a_manifest_what_the_check_says(ManifestExample example) {
        ActionCatalog catalog = ActionCatalog.load();
        Map<String, Object> input = (Map<String, Object>)
                Objects.requireNonNullElse(example.members().get("input"), Map.of());

        assertThat(accepts(catalog.find(example.action()).orElseThrow().configSchema(), input))
                .isEqualTo(catalog.check(example.action(), input).isEmpty());
    }

    @Test
    void a_number_that_may_be_a_template_says_so() {
        assertThat(ConfigSchema.of(FIELDS).get("properties"))
                .isInstanceOfSatisfying(
                        Map.class,
                        properties -> assertThat(properties.get("count"))
                                .isEqualTo(Map.of(
                                        "description",
                                        "A number",
                                        "anyOf",
                                        List.of(
                                                Map.of("type", "number"),
                                                Map.of("type", "string", "pattern", "\\{\\{")))));
    }

    private static boolean accepts(Map<String, Object> schema, Map<?, ?> config) {
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.<JsonNode>valueToTree(schema));
        return compiled.validate(JSON.<JsonNode>valueToTree(config)).isEmpty();
    }
}
