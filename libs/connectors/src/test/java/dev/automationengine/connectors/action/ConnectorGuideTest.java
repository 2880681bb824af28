package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.localstack.simulator.SimulatorServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/connectors.md: a connector is added by the one file that the page shows. */
class ConnectorGuideTest {
    private static final Path PAGE = Path.of("../../docs/connectors.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void the_connector_of_the_page_works_as_its_examples_say() throws IOException {
        Files.writeString(directory.resolve("acme.yaml"), manifest());
        ActionCatalog catalog = ActionCatalog.load(directory);
        Manifest acme = catalog.manifests().stream()
                .filter(manifest -> manifest.descriptor().id().equals("acme"))
                .findFirst()
                .orElseThrow();
        assertThat(ManifestSchemaTest.findings(acme.source().raw())).isEmpty();

        try (SimulatorServer simulator = SimulatorServer.start(0)) {
            ActionRunner runner = new ActionRunner(
                    catalog,
                    new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.0/8"), new SimpleMeterRegistry()),
                    Map.of("acme_url", simulator.url() + "/echo"),
                    InstantSource.system());
            List<ManifestExample> examples = ManifestExample.of(acme).toList();
            assertThat(examples).hasSize(3);
            examples.forEach(example -> {
                simulator.reset();
                ManifestExamplesTest.check(example, runner, simulator);
            });
        }
    }

    private static String manifest() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
