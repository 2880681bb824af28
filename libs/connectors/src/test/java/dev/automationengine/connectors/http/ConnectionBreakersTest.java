package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.http.Exchange.Reason;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionBreakersTest {
    private static final int CALLS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SimulatorServer simulator = SimulatorServer.start(0);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutboundHttp http = new OutboundHttp(
            OutboundSettings.of(
                    "allowed-networks", "127.0.0.0/8", "breaker-calls", "" + CALLS, "breaker-pause", PAUSE.toString()),
            meters);

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    @Test
    void the_failures_of_one_connection_do_not_close_the_host_for_another() {
        simulator.faults().add(Vendor.ECHO, Fault.status(503));
        open("org_1/cred_1");

        assertThat(refused("org_1/cred_1")).isTrue();
        assertThat(refused("org_1/cred_2")).isFalse();
        assertThat(refused("org_2/cred_1")).isFalse();
        assertThat(meters.counter("engine.outbound.breaker", "state", "open").count())
                .isEqualTo(1);
    }

    @Test
    void an_open_breaker_tells_how_long_and_closes_again_when_the_host_is_well() {
        simulator.faults().add(Vendor.ECHO, Fault.status(503));
        open("c");
        Exchange.Unanswered refused = (Exchange.Unanswered) send("c");
        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), PAUSE);

        simulator.faults().clear();
        await().until(() -> !refused("c"));
        for (int i = 0; i < CALLS; i++) {
            assertThat(refused("c")).isFalse();
        }
    }

    @Test
    void the_pause_doubles_while_trial_calls_fail() {
        simulator.faults().add(Vendor.ECHO, Fault.status(503));
        open("c");
        await().until(() -> !refused("c"));
        await().until(() -> refused("c"));
        assertThat(((Exchange.Unanswered) send("c")).retryAfter())
                .isBetween(PAUSE.plusMillis(1), PAUSE.multipliedBy(2));
    }

    private void open(String connection) {
        for (int i = 0; i < CALLS; i++) {
            send(connection);
        }
    }

    private boolean refused(String connection) {
        return send(connection) instanceof Exchange.Unanswered unanswered && unanswered.reason() == Reason.BREAKER_OPEN;
    }

    private Exchange send(String connection) {
        URI url = URI.create(simulator.url() + "/echo/x");
        return http.send(new OutboundRequest("GET", url, Map.of(), null, Duration.ofSeconds(5)), connection);
    }
}
