package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command needs. */
final class EngineOptions {
    private static final PrintStream OUT = System.out;

    @Option(
            names = "--infra",
            description = "Kafka, Redis and MongoDB: local (started here) or external (ENGINE_KAFKA, ENGINE_REDIS,"
                    + " ENGINE_MONGODB say where). Default of up and demo: local; of the others: as it was started.")
    private @Nullable Infra infra;

    /** For a command that looks at what was started, or adds to it. */
    FleetSettings settings() {
        return settings(FleetSettings.Infrastructure.AS_STARTED);
    }

    /** For a command that starts everything. */
    FleetSettings settingsOfStart() {
        return settings(FleetSettings.Infrastructure.LOCAL);
    }

    private FleetSettings settings(FleetSettings.Infrastructure otherwise) {
        Infra chosen = infra;
        return FleetSettings.of(
                System.getenv(),
                chosen == null
                        ? otherwise
                        : switch (chosen) {
                            case local -> FleetSettings.Infrastructure.LOCAL;
                            case external -> FleetSettings.Infrastructure.EXTERNAL;
                        });
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
