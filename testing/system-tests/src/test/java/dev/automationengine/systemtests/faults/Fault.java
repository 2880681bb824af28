package dev.automationengine.systemtests.faults;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in a fleet under load, and is mended.
 *
 * @param name as the table shows it
 * @param course what happens; when it returns, every process is up again
 */
record Fault(String name, Course course) {
    private static final List<String> SERVICES = List.of(
            "worker-service",
            "dispatcher-service",
            "trigger-service",
            "api-gateway",
            "logging-service",
            "scheduler-service",
            "polling-service");
    private static final List<String> COPIES = List.of("worker-service-2", "dispatcher-service-2");
    private static final List<String> INFRASTRUCTURE = List.of("redis", "kafka", "mongodb");
    private static final int DOWN_SECONDS = 4;
    /** Longer than a lease (30 s) and the scheduler's look at it. */
    private static final int HANG_SECONDS = 36;

    /** What happens. */
    @FunctionalInterface
    interface Course {
        void run(Fleet fleet, Load load);
    }

    /** All of the suite, in order. */
    static List<Fault> all() {
        return Stream.of(
                        SERVICES.stream().map(Fault::kill),
                        INFRASTRUCTURE.stream().map(Fault::kill),
                        Stream.of(wipe(), hang(), rolling()))
                .flatMap(faults -> faults)
                .toList();
    }

    static Fault kill(String process) {
        return new Fault("kill -9 of " + process, (fleet, load) -> {
            fleet.engine("kill", process);
            load.awaitSeconds(DOWN_SECONDS);
            fleet.engine("restart", process);
        });
    }

    private static Fault wipe() {
        return new Fault("kill -9 of redis, its data lost", (fleet, load) -> {
            fleet.engine("kill", "redis");
            load.awaitSeconds(DOWN_SECONDS);
            fleet.engine("restart", "redis", "--wipe");
        });
    }

    private static Fault hang() {
        return new Fault("worker-service hangs beyond its leases", (fleet, load) -> {
            // Calls that take a while: the worker has some in hand when it falls silent.
            List.of("crm", "whatsapp", "echo")
                    .forEach(vendor -> simulators(fleet, "PUT", "/control/faults/" + vendor, Map.of("delay_ms", 600)));
            load.awaitSeconds(1);
            fleet.engine("pause", "worker-service");
            simulators(fleet, "DELETE", "/control/faults", null);
            load.awaitSeconds(HANG_SECONDS);
            fleet.engine("resume", "worker-service");
        });
    }

    private static void simulators(Fleet fleet, String method, String path, @Nullable Object body) {
        Http.Answer answer = Http.send(method, fleet.simulator(path), null, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException("the simulators refuse: " + answer);
        }
    }

    private static Fault rolling() {
        return new Fault(
                "everything restarted in turn",
                (fleet, load) -> Stream.of(SERVICES, COPIES, INFRASTRUCTURE)
                        .flatMap(List::stream)
                        .forEach(process -> fleet.engine("restart", process)));
    }

    @Override
    public String toString() {
        return name;
    }
}
