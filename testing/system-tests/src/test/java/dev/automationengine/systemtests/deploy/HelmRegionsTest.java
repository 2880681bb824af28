package dev.automationengine.systemtests.deploy;

import static dev.automationengine.systemtests.deploy.Chart.kind;
import static dev.automationengine.systemtests.deploy.DeployFiles.at;
import static dev.automationengine.systemtests.deploy.DeployFiles.list;
import static dev.automationengine.systemtests.deploy.DeployFiles.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A release per region, by its file of values: all objects are Kubernetes' own, and say what a region needs. */
class HelmRegionsTest {
    private static final List<Map<String, Object>> EU = Chart.render("eu", Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"us", "eu", "apac"})
    void each_object_of_a_region_is_as_kubernetes_knows_it(String region) {
        List<Map<String, Object>> objects = Chart.render(region, Map.of());

        assertThat(objects).allSatisfy(KubernetesObjects::check);
        assertThat(objects)
                .allSatisfy(object -> assertThat(at(object, "metadata", "labels", "automation-engine.dev/region"))
                        .isEqualTo(region));
    }

    @Test
    void so_is_each_object_of_the_chart_alone_and_with_a_gateway_in_the_place_of_an_ingress() {
        assertThat(Chart.render(Map.of())).allSatisfy(KubernetesObjects::check);
        Map<String, Object> route = Map.of(
                "httpRoute.enabled", true,
                "httpRoute.hostnames[0]", "engine.example",
                "httpRoute.parentRefs[0].name", "public");
        List<Map<String, Object>> objects = Chart.render(route);
        assertThat(objects).allSatisfy(KubernetesObjects::check);
        assertThat(at(kind(objects, "HTTPRoute"), "api-gateway", "spec", "rules", 0, "backendRefs", 0, "name"))
                .isEqualTo("demo-api-gateway");
    }

    @Test
    void what_kubernetes_does_not_know_is_found() {
        Map<String, Object> budget =
                new HashMap<>(kind(EU, "PodDisruptionBudget").get("worker-service"));
        budget.put("spec", Map.of("maxUnavailable", 1, "selectors", Map.of()));

        assertThatThrownBy(() -> KubernetesObjects.check(budget)).hasMessageContaining("selectors");
    }

    @ParameterizedTest
    @CsvSource({
        "trigger-service,    automation.inbound trigger-inbound",
        "dispatcher-service, automation.events dispatcher-events|automation.step-events dispatcher-step-events",
        "logging-service,    automation.execution-logs logging-executions",
        "worker-service,     ''"
    })
    void services_scale_by_the_lag_of_their_groups(String service, String lag) throws IOException {
        Map<String, Object> scaled = map(kind(EU, "ScaledObject"), service, "spec");

        assertThat(kind(EU, "HorizontalPodAutoscaler")).isEmpty();
        assertThat(at(scaled, "scaleTargetRef", "name")).isEqualTo("demo-" + service);
        Set<String> asked = triggers(scaled, "kafka")
                .map(trigger -> trigger.get("topic") + " " + trigger.get("consumerGroup"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join("|", asked)).isEqualTo(lag);
        String sources = sources(service);
        triggers(scaled, "kafka")
                .forEach(trigger -> assertThat(sources).contains("\"" + trigger.get("consumerGroup") + "\""));
    }

    @Test
    void workers_scale_by_the_jobs_that_could_run() {
        assertThat(triggers(map(kind(EU, "ScaledObject"), "worker-service", "spec"), "prometheus"))
                .singleElement()
                .satisfies(trigger -> assertThat(trigger.get("query"))
                        .isEqualTo("max(engine_queue_depth{state=\"ready\",namespace=\"engine\"})"));
    }

    @Test
    void the_gateway_alone_calls_services_and_services_alone_that_say_so_call_third_parties() {
        Map<String, Map<String, Object>> policies = kind(EU, "NetworkPolicy");

        assertThat(policies.keySet()).isEqualTo(DeployFiles.SERVICES);
        policies.forEach((service, policy) -> {
            Object from = at(policy, "spec", "ingress", 0, "from", 0);
            if (service.equals("api-gateway")) {
                assertThat(map(from)).containsOnlyKeys("namespaceSelector");
            } else {
                assertThat(at(from, "podSelector", "matchLabels", "app.kubernetes.io/name"))
                        .isEqualTo("api-gateway");
            }
            boolean outbound = policy.toString().contains("0.0.0.0/0");
            assertThat(outbound)
                    .as(service)
                    .isEqualTo(Set.of("api-gateway", "trigger-service", "polling-service", "worker-service")
                            .contains(service));
            assertThat(outbound).isEqualTo(policy.toString().contains("169.254.0.0/16"));
            assertThat(list(policy, "spec", "egress", 1, "ports"))
                    .extracting(port -> map(port).get("port"))
                    .containsExactly(9092, 6379, 27017);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "redis://redis,                 6379",
        "rediss://redis:6380/0,         6380",
        "redis://user:1234@redis:7000,  7000"
    })
    void the_stores_ports_are_those_of_their_addresses(String redis, int port) {
        Map<String, Object> policy =
                map(kind(Chart.render(Map.of("config.redis", redis)), "NetworkPolicy"), "worker-service");

        assertThat(list(policy, "spec", "egress", 1, "ports"))
                .extracting(each -> map(each).get("port"))
                .containsExactly(9092, port, 27017);
    }

    @Test
    void the_alerts_and_the_script_are_those_of_deploy() throws IOException {
        List<Object> groups = new ArrayList<>();
        try (Stream<Path> files = Files.list(DeployFiles.ROOT.resolve("deploy/prometheus/rules"))) {
            for (Path file : files.toList()) {
                groups.addAll(list(DeployFiles.yaml(Files.readString(file)).getFirst(), "groups"));
            }
        }
        List<Object> rendered = new ArrayList<>();
        kind(EU, "PrometheusRule").values().forEach(rule -> rendered.addAll(list(rule, "spec", "groups")));
        assertThat(rendered).containsExactlyInAnyOrderElementsOf(groups);
        assertThat(at(kind(EU, "ConfigMap"), "mongodb-sharding", "data", "shard-collections.js")
                        .toString()
                        .strip())
                .isEqualTo(DeployFiles.text("deploy/mongo/shard-collections.js").strip());
    }

    @Test
    void metrics_come_from_the_port_without_certificates_under_the_job_that_alerts_go_by() {
        Map<String, Object> monitor = map(kind(EU, "ServiceMonitor"), "");

        assertThat(at(monitor, "spec", "jobLabel")).isEqualTo("app.kubernetes.io/part-of");
        assertThat(at(monitor, "spec", "endpoints", 0, "port")).isEqualTo("management");
        assertThat(at(monitor, "spec", "endpoints", 0, "honorLabels")).isEqualTo(true);
        kind(EU, "Service").forEach((name, service) -> {
            assertThat(map(service, "metadata", "labels"))
                    .containsAllEntriesOf(map(monitor, "spec", "selector", "matchLabels"));
            assertThat(list(service, "spec", "ports"))
                    .extracting(port -> map(port).get("name"))
                    .containsExactly("http", "management");
        });
    }

    @Test
    void the_secret_that_is_fetched_has_all_that_services_ask_for() {
        Set<String> asked = new TreeSet<>();
        kind(EU, "Deployment")
                .values()
                .forEach(deployment -> list(deployment, "spec", "template", "spec", "containers", 0, "env").stream()
                        .filter(variable -> map(variable).containsKey("valueFrom"))
                        .forEach(variable -> asked.add(
                                at(variable, "valueFrom", "secretKeyRef", "key").toString())));

        Map<String, Object> external = EU.stream()
                .filter(object -> "ExternalSecret".equals(object.get("kind")))
                .findFirst()
                .orElseThrow();

        assertThat(at(external, "metadata", "name")).isEqualTo("automation-engine");
        assertThat(list(external, "spec", "data"))
                .extracting(each -> map(each).get("secretKey"))
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void collections_are_sharded_by_a_job_that_no_list_of_processes_shows_the_secret_of() {
        Map<String, Object> job = map(kind(EU, "Job"), "mongodb-sharding-1");
        Map<String, Object> container = map(job, "spec", "template", "spec", "containers", 0);

        assertThat(at(container, "command").toString()).doesNotContain("mongodb://");
        assertThat(at(container, "env", 0, "valueFrom", "secretKeyRef", "key")).isEqualTo("ENGINE_MONGODB");
        assertThat(at(container, "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(at(job, "spec", "template", "spec", "securityContext", "runAsNonRoot"))
                .isEqualTo(true);
    }

    @Test
    void pods_are_spread_over_nodes_and_zones_and_outlive_a_lease() {
        kind(EU, "Deployment").values().forEach(deployment -> {
            Map<String, Object> pod = map(deployment, "spec", "template", "spec");
            assertThat(list(pod, "topologySpreadConstraints"))
                    .extracting(constraint -> map(constraint).get("topologyKey"))
                    .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
            assertThat((int) at(pod, "terminationGracePeriodSeconds")).isGreaterThan(30);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "externalSecret.enabled, externalSecret",
        "httpRoute.enabled,      httpRoute",
        "sharding.enabled,       sharding"
    })
    void a_part_without_what_it_needs_is_refused(String name, String told) {
        assertThatThrownBy(() -> Chart.render(Map.of(name, true))).hasMessageContaining(told);
    }

    private static Stream<Map<String, Object>> triggers(Map<String, Object> scaled, String type) {
        return list(scaled, "triggers").stream()
                .filter(trigger -> type.equals(at(trigger, "type")))
                .map(trigger -> map(trigger, "metadata"));
    }

    private static String sources(String service) throws IOException {
        try (Stream<Path> files = Files.walk(DeployFiles.ROOT.resolve(service).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DeployFiles.ROOT::relativize)
                    .map(Path::toString)
                    .map(DeployFiles::text)
                    .collect(Collectors.joining());
        }
    }
}
