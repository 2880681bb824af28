package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.infrastructure.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a local engine lives.
 *
 * @param root the project's directory
 * @param state everything that the engine writes: data, logs, process files, secrets
 * @param portBase the gateway's port; the others follow above it
 * @param java the java executable
 * @param javaOptions options for every JVM, after the engine's own, so that they win
 * @param external addresses of infrastructure that somebody else runs; null if the engine starts its own
 * @param stackClassPath class path of Kafka, MongoDB and the simulators; null: the jar that the build made
 */
public record FleetSettings(
        Path root,
        Path state,
        int portBase,
        Path java,
        List<String> javaOptions,
        @Nullable External external,
        @Nullable String stackClassPath) {
    private static final int DEFAULT_PORT_BASE = 18080;
    private static final String EXTERNAL_FILE = "external.json";

    /** Who runs Kafka, Redis and MongoDB. */
    public enum Infrastructure {
        /** They are started here. */
        LOCAL,
        /** Somebody else; the variables say where they are. */
        EXTERNAL,
        /** As at the last start, so that a restarted service finds what the others use. */
        AS_STARTED
    }

    /** Copies the options. */
    public FleetSettings {
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Reads {@code ENGINE_ROOT}, {@code ENGINE_STATE_DIR} (default {@code .local} in the root), {@code
     * ENGINE_PORT_BASE} (default 18080), {@code ENGINE_JAVA_OPTS} and, with external infrastructure, {@code
     * ENGINE_KAFKA}, {@code ENGINE_REDIS} and {@code ENGINE_MONGODB}.
     *
     * @param environment the variables
     * @param infrastructure who runs Kafka, Redis and MongoDB
     * @throws FleetException if a value is unusable
     */
    public static FleetSettings of(Map<String, String> environment, Infrastructure infrastructure) {
        Path root = Path.of(environment.getOrDefault("ENGINE_ROOT", "."))
                .toAbsolutePath()
                .normalize();
        String options = environment.getOrDefault("ENGINE_JAVA_OPTS", "").strip();
        Path state = root.resolve(environment.getOrDefault("ENGINE_STATE_DIR", ".local"));
        return new FleetSettings(
                root,
                state,
                portBase(environment),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                options.isEmpty() ? List.of() : List.of(options.split("\\s+")),
                switch (infrastructure) {
                    case LOCAL -> null;
                    case EXTERNAL -> External.of(environment);
                    case AS_STARTED ->
                        StateFiles.readJson(state.resolve(EXTERNAL_FILE), External.class)
                                .orElse(null);
                },
                null);
    }

    /** The port of a process. */
    public int port(Instance instance) {
        return portBase + instance.portOffset();
    }

    /** The port of a member's first process. */
    public int port(Member member) {
        return port(member.first());
    }

    /** The port of Kafka's controller. */
    public int controllerPort() {
        return port(Member.KAFKA) + 1;
    }

    /** Base URL of a process that speaks HTTP, without a slash at its end. */
    public URI url(Instance instance) {
        return URI.create("http://" + Ports.HOST + ":" + port(instance));
    }

    /** Base URL of a member's first process. */
    public URI url(Member member) {
        return url(member.first());
    }

    /** Whether this engine starts such a process. */
    public boolean runs(Member member) {
        return external == null || member.kind() != Member.Kind.INFRASTRUCTURE;
    }

    /** The data directory of a process. */
    public Path data(Member member) {
        return state.resolve("data").resolve(member.label());
    }

    /** The file that the output of a process goes to. */
    public Path log(Instance instance) {
        return state.resolve("logs").resolve(instance.label() + ".log");
    }

    /** Keeps who runs the infrastructure, for {@link Infrastructure#AS_STARTED}. */
    void remember() {
        Path file = state.resolve(EXTERNAL_FILE);
        if (external == null) {
            StateFiles.remove(file);
        } else {
            StateFiles.writeJson(file, external);
        }
    }

    private static int portBase(Map<String, String> environment) {
        String text = environment.getOrDefault("ENGINE_PORT_BASE", Integer.toString(DEFAULT_PORT_BASE));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new FleetException("ENGINE_PORT_BASE is no port: " + text, e);
        }
    }

    /**
     * Infrastructure that somebody else runs.
     *
     * @param kafka {@code host:port,...}
     * @param redis {@code redis://host:port,...}
     * @param mongodb connection string with database
     */
    public record External(String kafka, String redis, String mongodb) {
        static External of(Map<String, String> environment) {
            return new External(
                    required(environment, "ENGINE_KAFKA"),
                    required(environment, "ENGINE_REDIS"),
                    required(environment, "ENGINE_MONGODB"));
        }

        private static String required(Map<String, String> environment, String name) {
            String value = environment.getOrDefault(name, "");
            if (value.isBlank()) {
                throw new FleetException("External infrastructure needs its address in the variable " + name + ".");
            }
            return value;
        }
    }
}
