package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A source at a URL, whose server answers what the test says. */
abstract class HttpPollScene {
    final SimulatorServer simulator = SimulatorServer.start(0);
    private static final ActionCatalog CATALOG = ActionCatalog.load();

    private final PollRunner runner = new PollRunner(
            CATALOG,
            new ActionRunner(
                    CATALOG,
                    new OutboundHttp(
                            OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                            new SimpleMeterRegistry()),
                    Map.of(),
                    InstantSource.system()));

    private final String source;
    private final String contentType;

    HttpPollScene(String source, String contentType) {
        this.source = source;
        this.contentType = contentType;
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    void answers(int status, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", contentType);
        simulator.faults().add(Vendor.ECHO, Fault.answer(status, all, body).times(1));
    }

    PollAnswer look(Map<String, String> memo, Map<String, Object> more) {
        Map<String, @Nullable Object> config = new HashMap<>(more);
        config.put("url", simulator.url(Vendor.ECHO) + "/source");
        return runner.look(
                new PollCall(OrgId.random(), "wf_1", source, config, null, null, memo, null, Duration.ofSeconds(5)));
    }

    PollAnswer.Found found(Map<String, Object> more) {
        PollAnswer answer = look(Map.of(), more);
        assertThat(answer).isInstanceOf(PollAnswer.Found.class);
        return (PollAnswer.Found) answer;
    }

    String refusal(Map<String, Object> more) {
        PollAnswer answer = look(Map.of(), more);
        assertThat(answer).isInstanceOf(PollAnswer.Failed.class);
        assertThat(((PollAnswer.Failed) answer).error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        return ((PollAnswer.Failed) answer).error().code();
    }
}
