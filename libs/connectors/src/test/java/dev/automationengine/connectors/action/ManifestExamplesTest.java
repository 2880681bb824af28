package dev.automationengine.connectors.action;

import static dev.automationengine.connectors.action.ManifestExample.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.RecordedRequest;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every example of every manifest, performed against the strict simulator of its third party. */
class ManifestExamplesTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ActionCatalog CATALOG = ActionCatalog.load();

    private final ActionRunner runner = new ActionRunner(
            CATALOG,
            new OutboundHttp(
                    OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                    new SimpleMeterRegistry()),
            ManifestExample.settings(CATALOG.manifests(), SIMULATOR),
            InstantSource.system());

    static Stream<ManifestExample> examples() {
        return CATALOG.manifests().stream().flatMap(ManifestExample::of);
    }

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_true(ManifestExample example) {
        check(example, runner, SIMULATOR);
    }

    static void check(ManifestExample example, ActionRunner runner, SimulatorServer simulator) {
        Map<?, ?> answer = map(example.members().get("answer"));
        if (!answer.isEmpty()) {
            // It is the action's answer, not that to the request of a token before it.
            Fault recorded = recorded(answer);
            simulator
                    .faults()
                    .add(example.vendor(), example.vendor() == Vendor.GOOGLE ? recorded.matching("/v4/") : recorded);
        }
        ActionResult result = runner.run(example.call(simulator));

        Map<?, ?> request = map(example.members().get("request"));
        if (!request.isEmpty()) {
            checkRequest(request, simulator.requests().of(example.vendor()).getLast());
        }
        Map<?, ?> error = map(example.members().get("error"));
        if (error.isEmpty()) {
            assertThat(result)
                    .isInstanceOfSatisfying(
                            ActionResult.Succeeded.class,
                            done -> assertHolds(map(example.members().get("output")), done.output()));
        } else {
            assertThat(result).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> checkError(error, failed));
        }
        assertThat(result.toString()).doesNotContain("demo-token", "demo-key", "expired-token");
    }

    private static Fault recorded(Map<?, ?> answer) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        map(answer.get("headers")).forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        int status = Integer.parseInt(String.valueOf(answer.get("status")));
        return Fault.answer(status, headers, JSON.writeValueAsString(answer.get("body")));
    }

    private static void checkRequest(Map<?, ?> wanted, RecordedRequest sent) {
        assertThat(sent.method()).isEqualTo(wanted.get("method"));
        assertThat(sent.path()).endsWith(String.valueOf(wanted.get("path")));
        assertHolds(map(wanted.get("headers")), sent.headers());
        if (wanted.containsKey("body")) {
            assertThat(JSON.readTree(sent.body()))
                    .isEqualTo(JSON.readTree(JSON.writeValueAsString(wanted.get("body"))));
        }
        if (wanted.containsKey("form")) {
            Map<String, String> form = new HashMap<>();
            for (String pair : sent.body().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            assertThat(form).isEqualTo(wanted.get("form"));
        }
    }

    private static void checkError(Map<?, ?> wanted, ActionResult.Failed failed) {
        assertThat(failed.error().errorClass().name().toLowerCase(Locale.ROOT))
                .as("%s", failed)
                .isEqualTo(wanted.get("class"));
        assertThat(failed.error().advice()).isNotBlank();
        assertThat(failed.error().httpStatus()).isEqualTo(wanted.get("status"));
        assertThat(failed.outcomeUnknown()).isFalse();
        if (wanted.containsKey("code")) {
            assertThat(failed.error().code()).isEqualTo(wanted.get("code"));
        }
        Object wait = wanted.get("wait");
        assertThat(failed.retryAfter()).isEqualTo(wait == null ? null : Duration.parse(wait.toString()));
    }

    /** What is wanted is there; there may be more. */
    private static void assertHolds(Map<?, ?> wanted, Map<?, ?> given) {
        wanted.forEach((name, value) -> {
            if (value instanceof Map<?, ?> members) {
                assertHolds(members, map(given.get(name)));
            } else {
                assertThat(given.get(name)).as("%s", name).isEqualTo(value);
            }
        });
    }
}
