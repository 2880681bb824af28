package dev.automationengine.systemtests.fleet;

import dev.automationengine.localstack.Directories;
import dev.automationengine.localstack.tls.CertificateAuthority;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * The whole engine as processes of its own, started with {@code ./engine up} as a user starts it, but with its own
 * ports and its own directory, so that a fleet that somebody is using is not touched.
 */
public final class Fleet implements ExtensionContext.Store.CloseableResource {
    /** What the plan {@code team} allows in a month here; other plans have no limit. */
    public static final int TEAM_EXECUTIONS = 20;

    private static final String TRUST_PASSWORD = "trusting";
    private static final int PORTS = 40;
    private static final int START_MINUTES = 5;

    private final Path root;
    private final Path home;
    private final int portBase;
    private volatile JsonNode facts;
    private final String bootstrapToken;
    private final PlantedSecrets planted = new PlantedSecrets();
    private final CertificateAuthority authority;
    private final Path trustStore;

    private Fleet(Path root, Path home, int portBase, String... options) {
        this.root = root;
        this.home = home;
        this.portBase = portBase;
        // A run that was killed may have left processes, and jobs.
        engine("down");
        if (Files.exists(home.resolve("data"))) {
            Directories.delete(home.resolve("data"));
        }
        emptyConnectors();
        this.authority = CertificateAuthority.under(home.resolve("authority"));
        this.trustStore = authority.trustStore(TRUST_PASSWORD);
        up(options);
        this.facts = readFacts();
        this.bootstrapToken = secrets().getProperty("bootstrap_token");
        plantOwn();
    }

    /** Remembers the fleet's own secrets as they are now: a test may have changed them. */
    public void plantOwn() {
        secrets().forEach((name, value) -> {
            for (String text : value.toString().split(",", -1)) {
                // A master key's id, in front of it, is no secret.
                planted.plant(text.substring(text.indexOf(':') + 1));
            }
        });
    }

    static Fleet start() {
        return start("fleet");
    }

    /**
     * Starts a fleet.
     *
     * @param name of its directory below target; two that run at once need two
     * @param options of {@code ./engine up}
     */
    public static Fleet start(String name, String... options) {
        Path root = Path.of(System.getProperty("engine.root", "../.."))
                .toAbsolutePath()
                .normalize();
        return new Fleet(root, root.resolve("testing/system-tests/target").resolve(name), freePorts(), options);
    }

    /** The secrets that tests gave to this fleet, and its own. */
    public PlantedSecrets planted() {
        return planted;
    }

    /** The directory of everything that the fleet writes. */
    public Path home() {
        return home;
    }

    /** What {@code .local/demo.json} tells. */
    public JsonNode facts() {
        return facts;
    }

    /** A URL of the public API, which is the gateway's. */
    public URI api(String path) {
        return URI.create(text("base_url") + path);
    }

    /** The URL that Meta calls. */
    public URI webhook() {
        return URI.create(text("webhook_url"));
    }

    /** A URL of the simulators. */
    public URI simulator(String path) {
        return URI.create(text("simulator_url") + path);
    }

    /** The URL of one service itself, past the gateway. */
    public URI service(String name, String path) {
        return URI.create("http://127.0.0.1:" + process(name).path("port").asInt() + path);
    }

    /** Who signs certificates that the fleet believes. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** What is known of one process: pid, port. */
    public JsonNode process(String name) {
        JsonNode process = facts.path("processes").path(name);
        if (process.isMissingNode()) {
            throw new IllegalArgumentException("no process " + name + " in " + facts.path("processes"));
        }
        return process;
    }

    /** A member of demo.json. */
    public String text(String member) {
        return facts.required(member).asString();
    }

    /** What a process has printed so far. */
    public List<String> log(String name) {
        try {
            return Files.readAllLines(home.resolve("logs").resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode readFacts() {
        return Json.MAPPER.readTree(home.resolve("demo.json").toFile());
    }

    /** Starts processes of worker-service until there are as many: {@code worker-service}, {@code worker-service-2}, .... */
    public void workers(int count) {
        up("--workers=" + count);
        facts = readFacts();
    }

    private void up(String... options) {
        try {
            engine(Stream.concat(Stream.of("up"), Arrays.stream(options)).toArray(String[]::new));
        } catch (IllegalStateException failed) {
            engine("down");
            throw failed;
        }
    }

    /** Where the project lies. */
    public Path root() {
        return root;
    }

    /** Sets the variables by which {@code ./engine} knows this fleet. */
    public void describe(Map<String, String> environment) {
        environment.put("ENGINE_PORT_BASE", Integer.toString(portBase));
        environment.put("ENGINE_STATE_DIR", home.toString());
        // Training would take the two cores from the tests for minutes.
        environment.put("ENGINE_AOT", "off");
        // What is started again is what was started.
        environment.put("ENGINE_BUILD", "off");
        environment.put("ENGINE_CONNECTORS_DIRECTORY", connectors().toString());
        String more = System.getenv().getOrDefault("ENGINE_JAVA_OPTS", "");
        environment.put(
                "ENGINE_JAVA_OPTS",
                more + " -Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword="
                        + TRUST_PASSWORD);
        // Shorter than anybody would have them, so that tests need not wait.
        environment.put("ENGINE_CONNECTORS_RELOADEVERY", "1s");
        environment.put("ENGINE_OAUTH_TIMEOUT", "5s");
        environment.put("ENGINE_OAUTH_LEASE", "10s");
        environment.put("ENGINE_OAUTH_BROKENHOLD", "3s");
        environment.put("ENGINE_OAUTH_SWEEPEVERY", "2s");
        environment.put("ENGINE_POLLING_SOURCES_INTERVAL", "1s");
        environment.put("ENGINE_POLLING_SOURCES_SHORTEST", "1s");
        environment.put("ENGINE_POLLING_SOURCES_LEASE", "5s");
        environment.put("ENGINE_POLLING_SOURCES_BACKOFF", "1s");
        environment.put("ENGINE_PLAN_EXECUTIONS_TEAM", Integer.toString(TEAM_EXECUTIONS));
    }

    private void emptyConnectors() {
        try {
            if (Files.exists(connectors())) {
                Directories.delete(connectors());
            }
            Files.createDirectories(connectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where tests put manifests, which services see within a second. */
    public Path connectors() {
        return home.resolve("connectors");
    }

    /** Runs a command of {@code ./engine} on this fleet. */
    public void engine(String... arguments) {
        ProcessBuilder command = new ProcessBuilder(root.resolve("engine").toString());
        command.command().addAll(List.of(arguments));
        describe(command.environment());
        if (arguments[0].equals("up") && System.getenv("ENGINE_BUILD") == null) {
            command.environment().remove("ENGINE_BUILD");
        }
        File output = root.resolve("testing/system-tests/target/engine-" + arguments[0] + ".log")
                .toFile();
        try {
            Files.createDirectories(output.toPath().getParent());
            Process process = command.directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            boolean ended = process.waitFor(START_MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "./engine " + String.join(" ", arguments) + " failed:\n" + Files.readString(output.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates an organization of its own for a test. */
    public Tenant tenant(String name) {
        return tenant(Map.of("name", name));
    }

    /** Creates an organization with its first user: email, name, password. */
    public Tenant tenant(String name, Map<String, String> owner) {
        return tenant(Map.of("name", name, "owner", owner));
    }

    /** Gives an organization another plan, as the operator does. */
    public void plan(Tenant tenant, String plan) {
        Http.Answer answer = Http.send(
                "PUT", api("/v1/organizations/" + tenant.id() + "/plan"), bootstrapToken, Map.of("plan", plan));
        if (answer.status() != 200) {
            throw new IllegalStateException("no other plan: " + answer);
        }
    }

    private Tenant tenant(Map<String, Object> wanted) {
        Http.Answer answer = Http.send("POST", api("/v1/organizations"), bootstrapToken, wanted);
        if (answer.status() != 201) {
            throw new IllegalStateException("no organization: " + answer);
        }
        return new Tenant(
                this,
                answer.body().at("/organization/id").asString(),
                answer.body().at("/api_key/key").asString());
    }

    @Override
    public void close() {
        engine("down");
        requireIsolation();
    }

    /**
     * Looks what the guards in the services wrote into their logs (docs/security.md).
     *
     * @throws AssertionError if a process reached for more than one organization's data
     */
    public void requireIsolation() {
        List<String> violations = new ArrayList<>();
        try (Stream<Path> logs = Files.list(home.resolve("logs"))) {
            for (Path log : logs.toList()) {
                Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> line.contains("Tenant isolation violated"))
                        .forEach(violations::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    private Properties secrets() {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("secrets.properties"))) {
            secrets.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return secrets;
    }

    /** The first of a row of free ports below those that the kernel hands out by itself. */
    private static int freePorts() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = 20_000 + ThreadLocalRandom.current().nextInt(10_000 / PORTS) * PORTS;
            if (allFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no row of " + PORTS + " free ports");
    }

    private static boolean allFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() != port) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
