package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every manifest of this library is held against the schema of manifests. */
class ManifestSchemaTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Schema SCHEMA = schema();

    static Stream<Manifest> manifests() {
        return ActionCatalog.load().manifests().stream();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void a_manifest_keeps_the_schema(Manifest manifest) {
        assertThat(findings(manifest.source().raw())).isEmpty();
    }

    @Test
    void a_finding_names_its_place() {
        Map<String, Object> manifest = Map.of(
                "id",
                "acme",
                "title",
                "Acme",
                "credential",
                Map.of("kind", "acme", "title", "Acme", "attributes", List.of(), "secrets", List.of()),
                "actions",
                List.of(Map.of("name", "lower_case", "title", "x", "effect", "never")));
        assertThat(findings(manifest))
                .anySatisfy(finding -> assertThat(finding).startsWith("/actions/0/name"))
                .anySatisfy(finding -> assertThat(finding).startsWith("/actions/0/effect"))
                .anySatisfy(finding -> assertThat(finding).contains("examples"));
    }

    static List<String> findings(@Nullable Object manifest) {
        return SCHEMA.validate(JSON.<JsonNode>valueToTree(manifest)).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    private static Schema schema() {
        try (InputStream in =
                Objects.requireNonNull(ManifestReader.class.getResourceAsStream("/connectors/manifest.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
