package dev.automationengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.localstack.load.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JourneyReportTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T05:00:00Z");
    private static final ProcessCosts BEFORE =
            new ProcessCosts(Map.of("kafka", new ProcessCosts.Cost(Duration.ofSeconds(10), 1)));
    private static final ProcessCosts AFTER =
            new ProcessCosts(Map.of("kafka", new ProcessCosts.Cost(Duration.ofSeconds(12), 64L << 20)));

    private final JourneyReport report = new JourneyReport(
            BEGIN,
            0.5,
            new Sent(Map.of("1", BEGIN), Map.of("1", BEGIN.plusMillis(8))),
            new Outcome(
                    List.of(new LeadRun(
                            "1",
                            BEGIN.plusMillis(10),
                            BEGIN.plusMillis(20),
                            BEGIN.plusMillis(40),
                            BEGIN.plusMillis(50))),
                    Map.of(LeadSeries.email("1"), 1L),
                    Map.of("1", 1L)),
            AFTER.since(BEFORE));

    @Test
    void each_stage_counts_from_the_intended_time() {
        assertThat(report.markdown())
                .contains("1 leads at 0.5/s: 0 refused, 1 completed, 0 lost, 0 repeated, 0 early")
                .contains("| answered with 200 | 8.0 |")
                .contains("| first action started | 20.0 |")
                .contains("| second action started | 40.0 |")
                .contains("| completed | 50.0 |");
    }

    @Test
    void processor_time_is_that_of_the_run_and_memory_that_of_its_end() {
        assertThat(report.markdown()).contains("| kafka | 2.0 | 64 |").contains("| total | 2.0 | 64 |");
    }

    @Test
    void a_process_that_was_restarted_has_used_what_it_used_since() {
        assertThat(BEFORE.since(AFTER).byProcess().get("kafka"))
                .isEqualTo(new ProcessCosts.Cost(Duration.ofSeconds(10), 1));
    }

    @Test
    void both_files_are_saved(@TempDir Path directory) throws IOException {
        Path markdown = report.save(directory.resolve("bench"));
        assertThat(markdown).hasFileName("journey-20261123-050000.md").content().isEqualTo(report.markdown());
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(Files.readString(markdown.resolveSibling("journey-20261123-050000.json")));
        assertThat(json.at("/leads/completed").intValue()).isOne();
        assertThat(json.at("/millis/second action started/max").doubleValue()).isBetween(40.0, 40.1);
        assertThat(json.at("/processes/kafka/cpu_seconds").doubleValue()).isEqualTo(2.0);
    }
}
