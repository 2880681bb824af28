package dev.automationengine.localstack.infrastructure;

import dev.automationengine.localstack.Directories;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** The real redis-server 6.2 for this machine, and how the stack runs it. */
public final class RedisBinary {
    private RedisBinary() {}

    /**
     * Unpacks the binary unless it is there.
     *
     * @param directory where to
     * @return the executable
     */
    public static Path unpack(Path directory) {
        Path executable = directory.resolve("redis-server");
        if (Files.isExecutable(executable)) {
            return executable;
        }
        try {
            Path scratch = Files.createTempDirectory(directory, ".unpack-");
            File unpacked =
                    ExecutableProvider.newJarResourceProvider(scratch.toFile()).get();
            // A copy: the provider deletes its file when this JVM ends, and the server may outlive it.
            Path copy = Files.copy(unpacked.toPath(), scratch.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(copy, executable, StandardCopyOption.ATOMIC_MOVE);
            Directories.delete(scratch);
            return executable;
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
