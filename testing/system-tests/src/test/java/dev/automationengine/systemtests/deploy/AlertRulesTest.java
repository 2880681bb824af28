package dev.automationengine.systemtests.deploy;

import static dev.automationengine.systemtests.deploy.DeployFiles.at;
import static dev.automationengine.systemtests.deploy.DeployFiles.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The alerts: right for Prometheus, proven to fire and to stay silent, about metrics that exist, each with a runbook. */
@ExtendWith(FleetExtension.class)
class AlertRulesTest {
    private static final Path PROMETHEUS = DeployFiles.ROOT.resolve("deploy/prometheus");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:engine|http|jvm|kafka|process|resilience4j)_[a-z0-9_]+");
    private static final Set<String> SEVERITIES = Set.of("warning", "critical");

    @Test
    void prometheus_takes_the_configuration_and_the_rules() {
        PrometheusTools.Result result = PrometheusTools.run("promtool", "check", "config", "prometheus.yml");
        assertThat(result.code()).as(result.text()).isZero();
    }

    @Test
    void every_case_of_every_rule_is_as_expected() throws IOException {
        for (Path cases : files("tests")) {
            PrometheusTools.Result result = PrometheusTools.run("promtool", "test", "rules", cases.toString());
            assertThat(result.code()).as(result.text()).isZero();
        }
    }

    @Test
    void every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Path file : files("tests")) {
            for (Object test : list(DeployFiles.yaml(Files.readString(file)).getFirst(), "tests")) {
                for (Object each : list(test, "alert_rule_test")) {
                    boolean fires = ((Map<?, ?>) each).containsKey("exp_alerts");
                    (fires ? firing : silent).add(at(each, "alertname").toString());
                }
            }
        }
        Set<String> alerts =
                alerts().map(alert -> at(alert, "alert").toString()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }

    @Test
    void every_alert_says_how_bad_it_is_and_what_to_do() throws IOException {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(SEVERITIES).contains(at(alert, "labels", "severity").toString());
            assertThat(at(alert, "annotations", "summary").toString()).isNotBlank();
            String url = at(alert, "annotations", "runbook_url").toString();
            assertThat(url).startsWith(DeployFiles.PUBLISHED);
            Path runbook = DeployFiles.ROOT.resolve(url.substring(DeployFiles.PUBLISHED.length()));
            assertThat(runbook).exists();
            assertThat(runbook).content().contains("`" + at(alert, "alert") + "`");
        });
    }

    @Test
    void every_metric_that_an_alert_goes_by_is_there_before_anything_happens_or_counts_events(Fleet fleet)
            throws IOException {
        String exposed = DeployFiles.SERVICES.stream()
                .map(service -> Http.send("GET", fleet.service(service, "/actuator/prometheus"), null, null)
                        .text())
                .collect(Collectors.joining("\n"));
        String code = sources();
        Set<String> unknown = new TreeSet<>();
        rules().flatMap(rule -> METRIC.matcher(at(rule, "expr").toString()).results())
                .map(MatchResult::group)
                .filter(metric -> !exposed.contains("\n" + metric) && !counted(metric, code))
                .forEach(unknown::add);
        assertThat(unknown).isEmpty();
    }

    /** Counters with labels are not there before the first event; then the code must name them. */
    private static boolean counted(String metric, String code) {
        return metric.endsWith("_total")
                && code.contains('"' + metric.replaceAll("_total$", "").replace('_', '.') + '"');
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(DeployFiles.ROOT)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".java") && path.toString().contains("/src/main/"))
                    .toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static Stream<Object> alerts() throws IOException {
        return rules().filter(rule -> ((Map<?, ?>) rule).containsKey("alert"));
    }

    /** Alerts, and what they go by. */
    private static Stream<Object> rules() throws IOException {
        Stream.Builder<Object> rules = Stream.builder();
        for (Path file : files("rules")) {
            for (Object group : list(DeployFiles.yaml(Files.readString(file)).getFirst(), "groups")) {
                list(group, "rules").forEach(rules);
            }
        }
        return rules.build();
    }

    private static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(PROMETHEUS.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }
}
