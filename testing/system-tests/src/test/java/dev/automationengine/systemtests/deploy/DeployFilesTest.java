package dev.automationengine.systemtests.deploy;

import static dev.automationengine.systemtests.deploy.DeployFiles.at;
import static dev.automationengine.systemtests.deploy.DeployFiles.list;
import static dev.automationengine.systemtests.deploy.DeployFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.mongo.EngineCollection;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docker-compose.yml, the Dockerfile and the sharding script against the services and the documentation. */
class DeployFilesTest {
    private static final Set<String> STORES = Set.of("kafka", "redis", "mongodb");
    /** Found without an organization, so not sharded by it. */
    private static final Set<String> NOT_SHARDED = Arrays.stream(EngineCollection.values())
            .filter(each -> each.owner() != EngineCollection.Owner.TENANT)
            .map(EngineCollection::collection)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern DEMANDED = Pattern.compile("\\$\\{(ENGINE_[A-Z_]+):\\?");

    private final Map<String, Object> compose =
            DeployFiles.yaml(DeployFiles.text("docker-compose.yml")).getFirst();

    static Stream<String> services() {
        return DeployFiles.SERVICES.stream().sorted();
    }

    @Test
    void compose_has_the_seven_services_and_the_three_stores_and_nothing_else() {
        Set<String> expected = new TreeSet<>(DeployFiles.SERVICES);
        expected.addAll(STORES);
        assertThat(map(compose, "services").keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(map(compose, "volumes").keySet()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_built_from_its_own_module(String name) {
        Map<String, Object> service = map(compose, "services", name);
        assertThat(at(service, "build", "args", "SERVICE")).isEqualTo(name);
        assertThat(DeployFiles.ROOT.resolve(at(service, "build", "dockerfile").toString()))
                .exists();
        assertThat(Files.exists(DeployFiles.ROOT.resolve(name).resolve("pom.xml")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_waits_for_healthy_stores(String name) {
        Map<String, Object> waitsFor = map(compose, "services", name, "depends_on");
        assertThat(waitsFor.keySet()).containsAll(STORES);
        assertThat(waitsFor.values())
                .allSatisfy(wait -> assertThat(at(wait, "condition")).isEqualTo("service_healthy"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_gets_the_shared_variables_and_only_documented_ones(String name) {
        Set<String> given = map(compose, "services", name, "environment").keySet();
        assertThat(given).containsAll(DeployFiles.SHARED);
        assertThat(DeployFiles.documentedVariables()).containsAll(given);
    }

    @Test
    void the_gateway_waits_for_every_other_service_and_knows_its_url() {
        Map<String, Object> gateway = map(compose, "services", "api-gateway");
        DeployFiles.SERVICES.stream()
                .filter(name -> !name.equals("api-gateway"))
                .forEach(name -> {
                    String variable =
                            "ENGINE_URL_" + name.replace("-service", "").toUpperCase(java.util.Locale.ROOT);
                    assertThat(at(gateway, "environment", variable)).isEqualTo("http://" + name + ":8080");
                    assertThat(map(gateway, "depends_on")).containsKey(name);
                });
        assertThat(map(compose, "services").entrySet().stream()
                        .filter(service -> ((Map<?, ?>) service.getValue()).containsKey("ports"))
                        .map(Map.Entry::getKey))
                .containsExactly("api-gateway");
    }

    @Test
    void secrets_have_no_default_and_the_example_file_names_each_of_them_empty() {
        Set<String> demanded = DEMANDED.matcher(DeployFiles.text("docker-compose.yml"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> offered = DeployFiles.text("deploy/docker/secrets.env.example")
                .lines()
                .filter(line -> line.startsWith("ENGINE_"))
                .peek(line -> assertThat(line).endsWith("="))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.toSet());

        assertThat(demanded)
                .containsExactlyInAnyOrder(
                        "ENGINE_INTERNAL_TOKEN_KEYS",
                        "ENGINE_ACCESS_TOKEN_KEYS",
                        "ENGINE_RESUME_KEYS",
                        "ENGINE_MASTER_KEY",
                        "ENGINE_BOOTSTRAP_TOKEN",
                        "ENGINE_META_APP_SECRETS",
                        "ENGINE_META_VERIFY_TOKEN");
        assertThat(offered).isEqualTo(demanded);
        assertThat(DeployFiles.text(".gitignore").lines()).contains("deploy/docker/secrets.env");
    }

    @Test
    void the_master_key_is_given_only_to_services_that_read_credentials() {
        assertThat(services()
                        .filter(name ->
                                map(compose, "services", name, "environment").containsKey("ENGINE_MASTER_KEY")))
                .containsExactly("polling-service", "trigger-service", "worker-service");
    }

    @Test
    void redis_keeps_what_it_was_told_and_every_store_has_a_health_check_and_a_volume() {
        assertThat(list(compose, "services", "redis", "command"))
                .containsSequence("--appendonly", "yes")
                .containsSequence("--maxmemory-policy", "noeviction");
        assertThat(STORES).allSatisfy(store -> {
            assertThat(list(compose, "services", store, "healthcheck", "test")).hasSizeGreaterThan(1);
            assertThat(list(compose, "services", store, "volumes")).hasSize(1);
        });
    }

    @Test
    void the_image_runs_as_nobody_special_with_a_health_check_and_a_trained_cache() {
        String dockerfile = DeployFiles.text("deploy/docker/Dockerfile");
        assertThat(dockerfile)
                .contains("ARG BASE_IMAGE=", "FROM ${BASE_IMAGE}", "USER 10001:10001", "/health\"")
                .contains("-XX:AOTCacheOutput=service.aot")
                .contains("\"-XX:AOTCache=service.aot\"");
        assertThat(dockerfile.indexOf("USER ")).isGreaterThan(dockerfile.lastIndexOf("\nRUN "));
        assertThat(DeployFiles.documentedVariables()).containsAll(DeployFiles.variablesIn(dockerfile));
        // No secret stays in the image: the training step alone has placeholders.
        assertThat(dockerfile.lines().filter(line -> line.matches("(ENV|ARG) .*(KEY|SECRET|TOKEN).*")))
                .isEmpty();
    }

    @Test
    void the_variables_that_the_services_read_are_documented() {
        Stream<String> files = Stream.concat(
                Stream.of("libs/service-kit/src/main/resources/engine-defaults.yml"),
                services().map(name -> name + "/src/main/resources/application.yml"));
        files.filter(file -> Files.exists(DeployFiles.ROOT.resolve(file)))
                .forEach(file -> assertThat(DeployFiles.documentedVariables())
                        .as("docs/architecture.md or deploy/README.md, for %s", file)
                        .containsAll(DeployFiles.variablesIn(DeployFiles.text(file))));
    }

    @Test
    void every_collection_of_tenants_is_sharded_by_organization_and_id() {
        Set<String> owned = new TreeSet<>();
        DeployFiles.text("docs/architecture.md")
                .lines()
                .filter(line -> line.matches("\\| [a-z-]+ \\| \\+\\d .*"))
                .map(line -> line.split("\\|", -1)[3])
                .flatMap(cell ->
                        Pattern.compile("[a-z]+_[a-z]+|[a-z]{5,}").matcher(cell).results())
                .map(MatchResult::group)
                .forEach(owned::add);
        owned.removeAll(NOT_SHARDED);
        assertThat(owned).contains("executions", "credentials", "workflows", "execution_logs");

        String script = DeployFiles.text("deploy/mongo/shard-collections.js");
        String collections = script.substring(script.indexOf("TENANT_COLLECTIONS = ["), script.indexOf("];"));
        assertThat(Pattern.compile("\"([a-z_]+)\"")
                        .matcher(collections)
                        .results()
                        .map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(owned);
        assertThat(script).contains("SHARD_KEY = { org_id: 1, _id: 1 }");
    }
}
