package dev.automationengine.systemtests.deploy;

import static dev.automationengine.systemtests.deploy.Chart.kind;
import static dev.automationengine.systemtests.deploy.Chart.render;
import static dev.automationengine.systemtests.deploy.DeployFiles.at;
import static dev.automationengine.systemtests.deploy.DeployFiles.list;
import static dev.automationengine.systemtests.deploy.DeployFiles.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lints and renders the chart with real Helm, and holds it against the services, the documentation and compose. */
class HelmChartTest {
    private static final List<Map<String, Object>> RENDERED = render(Map.of());

    private static Map<String, Object> pod(String service) {
        return pod(RENDERED, service);
    }

    private static Map<String, Object> pod(List<Map<String, Object>> objects, String service) {
        return map(kind(objects, "Deployment"), service, "spec", "template", "spec");
    }

    /** Every variable of a service, from its own list and from the shared ConfigMap. */
    private static Set<String> variables(String service) {
        Set<String> names =
                new TreeSet<>(map(kind(RENDERED, "ConfigMap"), "config", "data").keySet());
        list(pod(service), "containers", 0, "env")
                .forEach(variable -> names.add(at(variable, "name").toString()));
        return names;
    }

    static Stream<String> services() {
        return DeployFiles.SERVICES.stream().sorted();
    }

    @Test
    void the_chart_passes_helms_strict_lint() {
        LintResult lint = new Helm(DeployFiles.CHART).lint().strict().call();
        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("[ERROR]"));
    }

    @ParameterizedTest
    @CsvSource({"Deployment", "Service", "ServiceAccount", "PodDisruptionBudget"})
    void every_service_has_one_of_each_kind(String kind) {
        assertThat(kind(RENDERED, kind).keySet()).isEqualTo(DeployFiles.SERVICES);
    }

    @Test
    void a_service_that_scales_by_itself_has_no_fixed_number_of_replicas() {
        Map<String, Map<String, Object>> scaled = kind(RENDERED, "HorizontalPodAutoscaler");
        assertThat(scaled).containsKeys("api-gateway", "trigger-service", "dispatcher-service", "worker-service");
        kind(RENDERED, "Deployment")
                .forEach((service, deployment) -> assertThat(
                                map(deployment, "spec").containsKey("replicas"))
                        .isEqualTo(!scaled.containsKey(service)));
        assertThat(scaled)
                .allSatisfy((service, scaler) -> assertThat(at(scaler, "spec", "scaleTargetRef", "name"))
                        .isEqualTo(Chart.RELEASE + "-" + service));
        assertThat(at(scaled, "worker-service", "spec", "maxReplicas")).isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("services")
    void pods_meet_the_restricted_security_standard(String service) {
        assertThat(at(pod(service), "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(pod(service), "securityContext", "seccompProfile", "type"))
                .isEqualTo("RuntimeDefault");
        assertThat(at(pod(service), "automountServiceAccountToken")).isEqualTo(false);
        Map<String, Object> container = map(pod(service), "containers", 0, "securityContext");
        assertThat(container)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void probes_ask_livez_and_readyz_and_the_pod_has_time_to_stop(String service) {
        Map<String, Object> container = map(pod(service), "containers", 0);
        assertThat(at(container, "startupProbe", "httpGet", "path")).isEqualTo("/livez");
        assertThat(at(container, "livenessProbe", "httpGet", "path")).isEqualTo("/livez");
        assertThat(at(container, "readinessProbe", "httpGet", "path")).isEqualTo("/readyz");
        assertThat((int) at(pod(service), "terminationGracePeriodSeconds"))
                .isGreaterThan(20 + (int) at(container, "lifecycle", "preStop", "sleep", "seconds"));
    }

    /** A kubelet has no certificate of ours, so it could not ask a port that wants one. */
    @ParameterizedTest
    @MethodSource("services")
    void with_mutual_tls_services_have_certificates_and_probes_a_port_of_their_own(String service) {
        List<Map<String, Object>> objects = render(Map.of("mutualTls.enabled", true));
        Map<String, Object> pod = pod(objects, service);
        Map<String, Object> container = map(pod, "containers", 0);

        assertThat(list(container, "ports"))
                .contains(Map.of("name", "management", "containerPort", 9090, "protocol", "TCP"));
        Map<String, Object> live = Map.of("path", "/actuator/health/liveness", "port", "management");
        assertThat(map(container, "startupProbe", "httpGet")).isEqualTo(live);
        assertThat(map(container, "livenessProbe", "httpGet")).isEqualTo(live);
        assertThat(map(container, "readinessProbe", "httpGet"))
                .isEqualTo(Map.of("path", "/actuator/health/readiness", "port", "management"));
        assertThat(list(container, "env"))
                .contains(Map.of("name", "SPRING_PROFILES_ACTIVE", "value", "mtls"))
                .contains(Map.of("name", "ENGINE_TLS_KEY", "value", "file:/etc/engine/tls/tls.key"));
        assertThat(list(container, "volumeMounts"))
                .contains(Map.of("name", "tls", "mountPath", "/etc/engine/tls", "readOnly", true));
        assertThat(list(pod, "volumes"))
                .contains(Map.of("name", "tls", "secret", Map.of("secretName", "demo-" + service + "-tls")));
        assertThat(list(pod(objects, "api-gateway"), "containers", 0, "env"))
                .contains(Map.of("name", "ENGINE_URL_LOGGING", "value", "https://demo-logging-service:8080"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectors_find_the_pods_of_their_service_alone(String service) {
        Object labels = at(kind(RENDERED, "Deployment"), service, "spec", "template", "metadata", "labels");
        for (Object selector : List.of(
                at(kind(RENDERED, "Service"), service, "spec", "selector"),
                at(kind(RENDERED, "Deployment"), service, "spec", "selector", "matchLabels"),
                at(kind(RENDERED, "PodDisruptionBudget"), service, "spec", "selector", "matchLabels"))) {
            assertThat(map(labels)).containsAllEntriesOf(map(selector));
            assertThat(map(selector)).containsEntry("app.kubernetes.io/name", service);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_gets_documented_variables_and_all_that_compose_gives_it(String service) {
        Map<String, Object> compose =
                DeployFiles.yaml(DeployFiles.text("docker-compose.yml")).getFirst();
        assertThat(DeployFiles.documentedVariables()).containsAll(variables(service));
        assertThat(variables(service))
                .containsAll(DeployFiles.SHARED)
                .containsAll(map(compose, "services", service, "environment").keySet());
    }

    @Test
    void secrets_come_from_the_secret_that_exists_and_from_nowhere_else() {
        Set<String> secret = Set.of(
                "ENGINE_MONGODB",
                "ENGINE_INTERNAL_TOKEN_KEYS",
                "ENGINE_ACCESS_TOKEN_KEYS",
                "ENGINE_RESUME_KEYS",
                "ENGINE_MASTER_KEY",
                "ENGINE_BOOTSTRAP_TOKEN",
                "ENGINE_META_APP_SECRETS",
                "ENGINE_META_VERIFY_TOKEN");
        assertThat(map(kind(RENDERED, "ConfigMap"), "config", "data"))
                .doesNotContainKeys(secret.toArray(String[]::new));
        DeployFiles.SERVICES.forEach(service -> list(pod(service), "containers", 0, "env").stream()
                .filter(variable -> secret.contains(at(variable, "name").toString()))
                .forEach(variable -> assertThat(map(variable, "valueFrom", "secretKeyRef"))
                        .isEqualTo(Map.of("name", "automation-engine", "key", at(variable, "name")))));
        assertThat(kind(RENDERED, "Secret")).isEmpty();
    }

    @Test
    void the_gateway_finds_the_services_by_their_names_in_the_release() {
        assertThat(list(pod("api-gateway"), "containers", 0, "env"))
                .contains(Map.of("name", "ENGINE_URL_LOGGING", "value", "http://demo-logging-service:8080"));
        assertThat(kind(RENDERED, "Service")).containsKey("logging-service");
    }

    @Test
    void an_ingress_is_made_for_the_gateway_when_it_has_host_and_certificate() {
        Map<String, Object> on =
                Map.of("ingress.enabled", true, "ingress.host", "engine.example", "ingress.tlsSecret", "c");

        Map<String, Object> ingress = map(kind(render(on), "Ingress"), "api-gateway");

        assertThat(kind(RENDERED, "Ingress")).isEmpty();
        assertThat(at(ingress, "spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"))
                .isEqualTo("demo-api-gateway");
        assertThatThrownBy(() -> render(Map.of("ingress.enabled", true))).hasMessageContaining("tlsSecret");
    }

    @ParameterizedTest
    @CsvSource({
        "config.kafka,             kafka",
        "config.redis,             redis:6379",
        "config.metaGraphUrl,      https://graph.facebook.com/",
        "existingSecret,           ''",
        "services.worker-service.replica, 3",
        "config.topicReplicas,     0"
    })
    void a_value_that_cannot_work_is_refused_before_anything_is_installed(String name, String value) {
        assertThatThrownBy(() -> render(Map.of(name, value))).hasMessageContaining(name.split("\\.")[0]);
    }
}
