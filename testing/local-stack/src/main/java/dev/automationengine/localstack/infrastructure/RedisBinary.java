package dev.automationengine.localstack.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** The real redis-server 6.2 for this machine, and how the stack runs it. */
public final class RedisBinary {
    private RedisBinary() {}

    /**
     * Unpacks the binary.
     *
     * @param directory where to; an older copy is replaced
     * @return the executable
     */
    public static Path unpack(Path directory) {
        try {
            return ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server can't be unpacked into " + directory, e);
        }
    }

    /**
     * The command line of a server that keeps its data.
     *
     * <p>The append-only file is written before the answer goes out, so the death of the process loses nothing that
     * the operating system has taken. It is forced to the disk once a second and not at each command: that would cost
     * a disk flush per script call, and what the second guards against, a power cut, is healed in another way: the
     * queue is rebuilt from MongoDB.
     *
     * @param executable the binary
     * @param directory where the append-only file lies
     * @param port the port to listen on
     */
    public static List<String> command(Path executable, Path directory, int port) {
        return List.of(
                executable.toString(),
                "--bind",
                Ports.HOST,
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction");
    }
}
