package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors come, change and go while a service runs; what is wrong changes nothing. */
class ConnectorReloadTest {
    private static final String ACME = """
            id: acme
            title: Acme
            credential: { kind: acme, title: Acme, attributes: [], secrets: [] }
            base_url: https://acme.example
            actions:
              - name: ACME_%s
                title: Do it
                effect: %s
                auth: { bearer: key }
                request: { method: POST, path: /do }
                response: { output: {} }
            """;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ActionCatalog catalog = ActionCatalog.load();
    private final ActionRunner runner = new ActionRunner(
            catalog, new OutboundHttp(OutboundSettings.of(), meters), Map.of(), InstantSource.system());
    private final Path directory;
    private final ConnectorReload reload;

    ConnectorReloadTest(@TempDir Path directory) {
        this.directory = directory;
        this.reload = new ConnectorReload(catalog, new ManifestDirectory(directory), Duration.ofSeconds(7), meters);
    }

    @Test
    void a_file_that_comes_brings_its_actions_to_the_catalog_and_to_who_runs_them() throws IOException {
        assertThat(catalog.find("ACME_PUT")).isEmpty();

        write("acme.yaml", ACME.formatted("PUT", "idempotent"));
        assertThat(reload.round()).isEqualTo(Duration.ofSeconds(7));

        assertThat(catalog.find("ACME_PUT")).isPresent();
        assertThat(catalog.connector("acme")).isPresent();
        assertThat(runner.effect("ACME_PUT", Map.of())).isEqualTo(EffectMode.IDEMPOTENT);
    }

    @Test
    void a_file_that_changes_or_goes_takes_its_actions_with_it() throws IOException {
        write("acme.yaml", ACME.formatted("PUT", "idempotent"));
        reload.round();
        write("acme.yaml", ACME.formatted("PUT", "unsafe"));
        reload.round();
        assertThat(runner.effect("ACME_PUT", Map.of())).isEqualTo(EffectMode.UNSAFE);

        Files.delete(directory.resolve("acme.yaml"));
        reload.round();

        assertThat(catalog.find("ACME_PUT")).isEmpty();
        // A job that looked it up a moment ago.
        assertThat(runner.effect("ACME_PUT", Map.of())).isEqualTo(EffectMode.UNSAFE);
        assertThat(catalog.find("HTTP_REQUEST")).isPresent();
    }

    @Test
    void what_cannot_work_is_refused_whole_and_told_once() throws IOException {
        write("acme.yaml", ACME.formatted("PUT", "idempotent"));
        reload.round();
        write("bad.yaml", "id: [");
        write("other.yaml", ACME.replace("acme", "other").formatted("GET", "idempotent"));
        reload.round();
        reload.round();

        assertThat(catalog.find("ACME_PUT")).isPresent();
        assertThat(catalog.find("ACME_GET")).isEmpty();
        assertThat(reloads("refused")).isEqualTo(1);
        assertThat(meters.get("engine.connectors.refused").gauge().value()).isEqualTo(1);

        Files.delete(directory.resolve("bad.yaml"));
        reload.round();
        assertThat(catalog.find("ACME_GET")).isPresent();
        assertThat(meters.get("engine.connectors.refused").gauge().value()).isZero();
    }

    @Test
    void what_only_fails_when_it_is_compiled_is_refused_too() throws IOException {
        write("acme.yaml", ACME.formatted("PUT", "idempotent").replace("path: /do", "path: /do, colour: red"));
        reload.round();

        assertThat(catalog.find("ACME_PUT")).isEmpty();
        assertThat(reloads("refused")).isEqualTo(1);
    }

    @Test
    void a_name_of_this_library_cannot_be_taken() throws IOException {
        write("acme.yaml", ACME.formatted("PUT", "idempotent").replace("ACME_PUT", "HTTP_REQUEST"));
        reload.round();

        assertThat(catalog.find("HTTP_REQUEST"))
                .hasValueSatisfying(action -> assertThat(action.connector()).isEqualTo("http"));
    }

    @Test
    void a_directory_that_is_away_takes_nothing_with_it() throws IOException {
        write("acme.yaml", ACME.formatted("PUT", "idempotent"));
        reload.round();
        Files.delete(directory.resolve("acme.yaml"));
        Files.delete(directory);

        assertThatThrownBy(reload::round).isInstanceOf(UncheckedIOException.class);

        assertThat(catalog.find("ACME_PUT")).isPresent();
    }

    private void write(String name, String manifest) throws IOException {
        Files.writeString(directory.resolve(name), manifest);
    }

    private double reloads(String outcome) {
        return meters.get("engine.connectors.reloads")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
