package dev.automationengine.jobqueue;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server that can be killed without warning and started again on the same port and directory. */
final class RedisProcess implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final File BINARY = binary();

    private final int port;
    private final Path directory;
    private final List<String> options;
    private Process process;

    private RedisProcess(Path directory, List<String> options) {
        this.port = freePort();
        this.directory = directory;
        this.options = options;
        this.process = launch();
    }

    static RedisProcess start(Path directory, String... options) {
        return new RedisProcess(directory, List.of(options));
    }

    String url() {
        return "redis://" + HOST + ":" + port;
    }

    int port() {
        return port;
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void startAgain() {
        process = launch();
    }

    /** Sends one command in the inline form and gives the first line of the answer. */
    String command(String command) {
        return answer(command).lines().findFirst().orElse("");
    }

    /** Whether this node of a cluster knows an owner of every slot and three nodes in all. */
    boolean inWholeCluster() {
        String info = answer("CLUSTER INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
    }

    private String answer(String command) {
        try (Socket socket = new Socket(HOST, port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                BINARY.getAbsolutePath(),
                "--port",
                Integer.toString(port),
                "--bind",
                HOST,
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction"));
        command.addAll(options);
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis-" + port + ".log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> command("PING").equals("+PONG"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File binary() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        // A cluster node also listens on its port + 10000, so stay below 55535.
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port < 55_000) {
                    return port;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
