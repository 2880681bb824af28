package dev.automationengine.kit.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an author says an input looks like: JSON Schema 2020-12 without references and regular expressions, so that no
 * schema can send us elsewhere, go round in circles or take long.
 */
public final class InputSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final SchemaLocation META = SchemaLocation.of("https://json-schema.org/draft/2020-12/schema");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Schema schema;

    private InputSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param json the schema as a tree of maps and lists
     * @param findings gets what is wrong: a JSON pointer from the schema's root, and the reason with the mend
     * @return empty if it cannot be used
     */
    public static Optional<InputSchema> read(Object json, BiConsumer<String, String> findings) {
        JsonNode tree = JSON.valueToTree(json);
        if (!SchemaSubset.holds(tree, findings)) {
            return Optional.empty();
        }
        boolean[] wrong = new boolean[1];
        REGISTRY.getSchema(META).validate(tree).forEach(error -> {
            wrong[0] = true;
            findings.accept(pointer(error), error.getMessage());
        });
        return wrong[0] ? Optional.empty() : Optional.of(new InputSchema(REGISTRY.getSchema(tree)));
    }

    /**
     * Checks an input.
     *
     * @param findings gets what is wrong: a JSON pointer from the input's root, and the reason
     */
    public void check(Map<String, ? extends @Nullable Object> input, BiConsumer<String, String> findings) {
        schema.validate(JSON.<JsonNode>valueToTree(input))
                .forEach(error -> findings.accept(pointer(error), error.getMessage()));
    }

    private static String pointer(Error error) {
        String place = error.getInstanceLocation().toString();
        return error.getProperty() == null ? place : place + "/" + error.getProperty();
    }
}
