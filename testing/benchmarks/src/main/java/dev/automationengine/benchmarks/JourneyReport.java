package dev.automationengine.benchmarks;

import dev.automationengine.localstack.load.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a run showed. */
final class JourneyReport {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final double MEBI = 1024 * 1024;

    private final Instant at;
    private final double rate;
    private final Verdict verdict;
    private final ProcessCosts costs;
    private final List<Latencies> latencies;

    /**
     * Computes the figures.
     *
     * @param at when the run ended
     * @param rate leads per second
     * @param sent what was sent
     * @param outcome what became of it
     * @param costs what the processes used while it was sent
     */
    JourneyReport(Instant at, double rate, Sent sent, Outcome outcome, ProcessCosts costs) {
        this.at = at;
        this.rate = rate;
        this.verdict = Verdict.of(sent, outcome);
        this.costs = costs;
        this.latencies = latencies(sent, outcome);
    }

    Verdict verdict() {
        return verdict;
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d leads at %s/s: %d refused, %d completed, %d lost, %d repeated, %d early%n%n",
                verdict.sent(),
                rate,
                verdict.refused(),
                verdict.completed(),
                verdict.lost(),
                verdict.repeated(),
                verdict.early()));
        text.append("| ms since the webhook had to be sent | p50 | p95 | p99 | max |\n|---|---|---|---|---|\n");
        latencies.forEach(each -> text.append(each.row()).append('\n'));
        text.append("\n| process | CPU s | resident MiB |\n|---|---|---|\n");
        costs.byProcess()
                .forEach((name, cost) -> text.append(costRow(name, seconds(cost.cpu()), cost.residentBytes())));
        text.append(costRow(
                "total",
                costs.byProcess().values().stream()
                        .mapToDouble(cost -> seconds(cost.cpu()))
                        .sum(),
                costs.byProcess().values().stream()
                        .mapToLong(ProcessCosts.Cost::residentBytes)
                        .sum()));
        return text.toString();
    }

    /** Writes a JSON and a Markdown file, and returns the latter. */
    Path save(Path directory) {
        String name = "journey-" + FILE_TIME.format(at);
        Path markdown = directory.resolve(name + ".md");
        try {
            Files.createDirectories(directory);
            Files.writeString(markdown, markdown());
            Files.writeString(
                    directory.resolve(name + ".json"),
                    JsonMapper.builder().build().writeValueAsString(json()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return markdown;
    }

    private Map<String, Object> json() {
        Map<String, Object> stages = new LinkedHashMap<>();
        latencies.forEach(each -> stages.put(each.name(), each.summary()));
        Map<String, Object> processes = new LinkedHashMap<>();
        costs.byProcess()
                .forEach((name, cost) -> processes.put(
                        name, Map.of("cpu_seconds", seconds(cost.cpu()), "resident_bytes", cost.residentBytes())));
        return Map.of(
                "at", at.toString(),
                "rate", rate,
                "leads", verdict,
                "millis", stages,
                "processes", processes);
    }

    private static List<Latencies> latencies(Sent sent, Outcome outcome) {
        Latencies accepted = new Latencies("answered with 200");
        Latencies recorded = new Latencies("execution recorded");
        Latencies first = new Latencies("first action started");
        Latencies second = new Latencies("second action started");
        Latencies completed = new Latencies("completed");
        sent.accepted().forEach((lead, time) -> accepted.add(Duration.between(sent.intended(lead), time)));
        for (LeadRun run : outcome.runs()) {
            Instant begin = sent.intended(run.lead());
            recorded.add(Duration.between(begin, run.recorded()));
            first.add(Duration.between(begin, run.firstAction()));
            second.add(Duration.between(begin, run.secondAction()));
            completed.add(Duration.between(begin, run.completed()));
        }
        return List.of(accepted, recorded, first, second, completed);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String costRow(String name, double cpuSeconds, long residentBytes) {
        return String.format(Locale.ROOT, "| %s | %.1f | %.0f |%n", name, cpuSeconds, residentBytes / MEBI);
    }
}
