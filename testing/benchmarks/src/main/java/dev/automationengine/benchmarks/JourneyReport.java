package dev.automationengine.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run showed. */
final class JourneyReport {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final double MEBI = 1024 * 1024;

    private final Instant at;
    private final double rate;
    private final LeadLoad.Sent sent;
    private final LeadLoad.Outcome outcome;
    private final ProcessCosts costs;
    private final List<Latencies> latencies;

    JourneyReport(Instant at, double rate, LeadLoad.Sent sent, LeadLoad.Outcome outcome, ProcessCosts costs) {
        this.at = at;
        this.rate = rate;
        this.sent = sent;
        this.outcome = outcome;
        this.costs = costs;
        this.latencies = latencies(sent, outcome);
    }

    /** Whether every lead that was accepted is completed, and none is twice in the CRM. */
    boolean everyLeadOnce() {
        return lost() == 0 && repeated() == 0;
    }

    long lost() {
        return sent.accepted().size() - outcome.executions().size();
    }

    long repeated() {
        return sent.accepted().keySet().stream()
                .filter(lead -> outcome.contacts().getOrDefault(LeadLoad.email(lead), 0) > 1)
                .count();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d leads at %.0f/s: %d accepted, %d completed, %d lost, %d repeated%n%n",
                sent.intended().size(),
                rate,
                sent.accepted().size(),
                outcome.executions().size(),
                lost(),
                repeated()));
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
        latencies.forEach(each -> stages.put(
                each.name(), Map.of("p50", each.millis(50), "p95", each.millis(95), "p99", each.millis(99))));
        Map<String, Object> processes = new LinkedHashMap<>();
        costs.byProcess()
                .forEach((name, cost) -> processes.put(
                        name, Map.of("cpu_seconds", seconds(cost.cpu()), "resident_bytes", cost.residentBytes())));
        return Map.of(
                "at", at.toString(),
                "rate", rate,
                "accepted", sent.accepted().size(),
                "completed", outcome.executions().size(),
                "lost", lost(),
                "repeated", repeated(),
                "millis", stages,
                "processes", processes);
    }

    private static List<Latencies> latencies(LeadLoad.Sent sent, LeadLoad.Outcome outcome) {
        Latencies accepted = new Latencies("answered with 200");
        Latencies recorded = new Latencies("execution recorded");
        Latencies first = new Latencies("first action started");
        Latencies second = new Latencies("second action started");
        Latencies completed = new Latencies("completed");
        sent.accepted().forEach((lead, time) -> accepted.add(Duration.between(intended(sent, lead), time)));
        outcome.executions().forEach((lead, execution) -> {
            Instant begin = intended(sent, lead);
            recorded.add(Duration.between(begin, time(execution, "/created_at")));
            first.add(Duration.between(begin, time(execution, "/steps/1/attempts/0/started_at")));
            second.add(Duration.between(begin, time(execution, "/steps/2/attempts/0/started_at")));
            completed.add(Duration.between(begin, time(execution, "/finished_at")));
        });
        return new ArrayList<>(List.of(accepted, recorded, first, second, completed));
    }

    private static Instant intended(LeadLoad.Sent sent, String lead) {
        return sent.intended().getOrDefault(lead, Instant.EPOCH);
    }

    private static Instant time(JsonNode execution, String pointer) {
        return Instant.parse(execution.at(pointer).asString());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String costRow(String name, double cpuSeconds, long residentBytes) {
        return String.format(Locale.ROOT, "| %s | %.1f | %.0f |%n", name, cpuSeconds, residentBytes / MEBI);
    }
}
