package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** What every command needs. */
final class EngineOptions {
    private static final PrintStream OUT = System.out;

    @Option(
            names = "--infra",
            defaultValue = "local",
            description = "Kafka, Redis and MongoDB: local (started here) or external (ENGINE_KAFKA, ENGINE_REDIS,"
                    + " ENGINE_MONGODB say where). Default: ${DEFAULT-VALUE}")
    private Infra infra = Infra.local;

    FleetSettings settings() {
        return FleetSettings.of(System.getenv(), infra == Infra.external);
    }

    Fleet fleet() {
        return new Fleet(settings(), OUT::println);
    }

    void say(String line) {
        OUT.println(line);
    }

    /** As they are typed. */
    private enum Infra {
        local,
        external
    }
}
