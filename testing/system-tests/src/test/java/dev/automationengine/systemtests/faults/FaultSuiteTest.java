package dev.automationengine.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.systemtests.fleet.Fleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ./engine test faults}: everything dies once while leads come. The property {@code faults.only}, a regular
 * expression, picks some.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSuiteTest {
    private static final double RATE = Double.parseDouble(System.getProperty("faults.rate", "8"));
    private static final int LEADS = 250;
    private static final Duration RECOVERED = Duration.ofSeconds(60);

    private final FaultReport report = new FaultReport(Path.of("target/faults.md"));
    private Fleet fleet;

    @BeforeAll
    void start() {
        fleet = Fleet.start("faults-fleet", "--workers=2", "--dispatchers=2");
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    static List<Fault> faults() {
        String only = System.getProperty("faults.only", "");
        return Fault.all().stream()
                .filter(fault -> only.isEmpty() || fault.name().matches(".*(" + only + ").*"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void nothing_is_lost(Fault fault) {
        Outcome outcome = new FaultTrial(fleet, fault.name()).run(fault, RATE, LEADS);
        report.add(outcome);

        assertThat(outcome.remarks()).isEmpty();
        assertThat(outcome.accepted()).isGreaterThanOrEqualTo(LEADS).isEqualTo(outcome.completed() + outcome.held());
        assertThat(outcome.repeated()).isZero();
        assertThat(outcome.recovery()).isLessThanOrEqualTo(RECOVERED);
    }
}
