package dev.automationengine.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Holds {@code docs/api/openapi.yaml} against what the running fleet says of itself. */
@ExtendWith(FleetExtension.class)
class OpenApiDocumentTest {
    private static final Path FILE =
            Path.of(System.getProperty("engine.root", "../..")).resolve("docs/api/openapi.yaml");
    private static final String WRITE = "./engine mvn -pl testing/system-tests -am verify -Dtest=OpenApiDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.write";

    private final Fleet fleet;

    OpenApiDocumentTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void the_file_says_what_the_fleet_says() throws IOException {
        complete();
        String fleets =
                Http.send("GET", fleet.api("/v1/openapi.yaml"), null, null).text();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(FILE, fleets);
        }
        assertThat(Files.readString(FILE))
                .as("%s is not what the fleet says. If that is meant: %s", FILE, WRITE)
                .isEqualTo(fleets);
    }

    @Test
    void every_operation_is_described_and_can_fail_with_a_problem() {
        JsonNode document = complete();
        List<String> bare = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    String name = entry.getKey() + " " + path.getKey();
                    JsonNode operation = entry.getValue();
                    assertThat(ids.add(operation.path("operationId").asString("")))
                            .as(name)
                            .isTrue();
                    if (operation.path("summary").asString("").isEmpty()
                            || !operation
                                    .at("/responses/default/$ref")
                                    .asString("")
                                    .endsWith("/Problem")) {
                        bare.add(name);
                    }
                }));
        assertThat(ids).hasSizeGreaterThan(60).contains("createWorkflow", "listExecutions", "followExecution");
        assertThat(bare).isEmpty();
    }

    @Test
    void parameters_are_described() {
        List<JsonNode> parameters = new ArrayList<>();
        complete()
                .path("paths")
                .forEach(path ->
                        path.forEach(operation -> operation.path("parameters").forEach(parameters::add)));
        List<String> bare = parameters.stream()
                .filter(parameter -> parameter.path("description").asString("").isEmpty())
                .map(parameter -> parameter.path("name").asString())
                .distinct()
                .toList();

        assertThat(parameters).hasSizeGreaterThan(100);
        assertThat(bare)
                .as("describe them in words.json of the gateway, or with @Parameter; a few may be plain by their names")
                .hasSizeLessThan(10);
    }

    /** The document once the gateway has heard every service. */
    private JsonNode complete() {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> Http.send("GET", fleet.api("/v1/openapi.json"), null, null)
                                .body(),
                        document -> document.has("paths") && !document.has("x-missing-services"));
    }
}
