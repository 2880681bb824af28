package dev.automationengine.systemtests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where alerts go, as Alertmanager's own tool reads the configuration. */
class AlertmanagerTest {
    private static final String CONFIGURATION = "../alertmanager/alertmanager.yml";
    private static final Path DEPLOY = DeployFiles.ROOT.resolve("deploy");
    private static final Pattern NAMED = Pattern.compile("alertname (?:=|=~) \"?([A-Za-z.*|]+)");

    @Test
    void alertmanager_takes_the_configuration_and_its_templates() {
        PrometheusTools.Result result = PrometheusTools.run("amtool", "check-config", CONFIGURATION);

        assertThat(result.code()).as(result.text()).isZero();
        PrometheusTools.Result title = PrometheusTools.run(
                "amtool",
                "template",
                "render",
                "--template.glob=../alertmanager/*.tmpl",
                "--template.text={{ template \"engine.title\" . }}");
        assertThat(title.code()).as(title.text()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "severity=critical alertname=WebhookBudgetBurnsFast|pager,chat",
                "severity=warning alertname=DeadLettersGrow|chat",
                "severity=warning alertname=WebhookBudgetBurnsSlowly|mail-and-chat",
                "severity=warning alertname=CertificateExpiresSoon|mail-and-chat",
                "severity=nobody-knows alertname=X|mail"
            })
    void an_alert_goes_to_who_has_to_know(String labels, String receivers) {
        String[] arguments = Stream.concat(
                        Stream.of("config", "routes", "test", "--config.file=" + CONFIGURATION),
                        Stream.of(labels.split(" ", -1)))
                .toArray(String[]::new);

        PrometheusTools.Result result = PrometheusTools.run("amtool", arguments);

        assertThat(result.code()).as(result.text()).isZero();
        // Before it the tool warns of an option that was not given.
        assertThat(result.text().lines()).last().isEqualTo(receivers);
    }

    @Test
    void every_alert_that_a_route_names_is_one() throws IOException {
        String rules;
        try (Stream<Path> files = Files.list(DEPLOY.resolve("prometheus/rules"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
            rules = all.toString();
        }
        TreeSet<String> alerts = Pattern.compile("- alert: ([A-Za-z]+)")
                .matcher(rules)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        NAMED.matcher(Files.readString(DEPLOY.resolve("alertmanager/alertmanager.yml")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .flatMap(names -> Stream.of(names.split("\\|", -1)))
                .forEach(name -> assertThat(alerts).as(name).anyMatch(alert -> alert.matches(name)));
    }
}
