package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** One server for a test class, reset before each test, and a clock that stands still. */
abstract class SimulatorTestBase {
    static final Instant NOW = Instant.parse("2026-02-28T10:00:00Z");
    static final AtomicReference<Instant> CLOCK = new AtomicReference<>(NOW);

    @SuppressWarnings("NullAway.Init")
    static SimulatorServer server;

    @SuppressWarnings("NullAway.Init")
    static Caller caller;

    @BeforeAll
    static void start() {
        server = SimulatorServer.start(0, CLOCK::get);
        caller = new Caller(server);
    }

    @AfterAll
    static void stop() {
        caller.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
        CLOCK.set(NOW);
    }

    static Lead joe(String id) {
        return Lead.of(id, DemoAccounts.PAGE, DemoAccounts.FORM, Instant.parse("2026-02-28T08:49:14Z"))
                .answer("full_name", "Joe Example")
                .answer("email", "joe@example.com")
                .answer("which_car?", "Honda", "Ford");
    }
}
