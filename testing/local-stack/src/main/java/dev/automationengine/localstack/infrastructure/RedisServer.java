package dev.automationengine.localstack.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A redis-server that lives as long as this JVM, however that ends. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;

    // The shell's standard input is a pipe from this JVM. It ends when the JVM does, also on kill -9, and then the
    // shell takes the server and its directory with it.
    private static final String GUARD = "dir=$1; shift; \"$@\" >\"$dir/redis.log\" 2>&1 & server=$!; "
            + "cat >/dev/null; kill -9 $server; wait $server; rm -rf \"$dir\"";

    private final Process guard;
    private final int port;

    private RedisServer(Process guard, int port) {
        this.guard = guard;
        this.port = port;
    }

    /**
     * Starts a server with an empty data set and returns when it serves.
     *
     * @param port the port to listen on
     * @throws IllegalStateException if it does not start, with what it printed
     */
    public static RedisServer start(int port) {
        return start(port, Map.of());
    }

    /**
     * As {@link #start(int)}, with other settings than the stack's.
     *
     * @param settings names and values as in redis.conf; they win
     */
    public static RedisServer start(int port, Map<String, String> settings) {
        try {
            Path directory = Files.createTempDirectory("engine-redis-");
            List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "redis-guard", directory.toString()));
            command.addAll(RedisBinary.command(RedisBinary.unpack(directory), directory, port));
            settings.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
            Process guard = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RedisServer server = new RedisServer(guard, port);
            server.awaitServing(directory.resolve("redis.log"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server can't be started", e);
        }
    }

    /** Address in the form {@code redis://host:port}. */
    public String url() {
        return "redis://" + Ports.HOST + ":" + port;
    }

    /** Kills the server and removes its data. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                guard.destroyForcibly();
            }
        } catch (IOException e) {
            guard.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitServing(Path log) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Ports.isListening(port)) {
            // The server prints this line and ends when the port was taken meanwhile.
            String said = Files.exists(log) ? Files.readString(log) : "";
            if (said.contains("Could not create server TCP") || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("redis-server did not start on port " + port + ": " + said);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
                throw new IllegalStateException("interrupted while redis-server started", e);
            }
        }
    }
}
