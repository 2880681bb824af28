package dev.automationengine.localstack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Lets one start at a time work on a state directory: the second waits, and then finds everything running. The
 * operating system gives the lock back when the process ends, however it ends.
 */
final class UpLock implements AutoCloseable {
    private final FileChannel file;

    private UpLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Waits until nobody else has the lock.
     *
     * @param state the state directory
     * @param out is told that it waits
     */
    static UpLock take(Path state, Consumer<String> out) {
        try {
            Files.createDirectories(state);
            FileChannel file =
                    FileChannel.open(state.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                out.accept("Another start is at work in " + state + ": waiting for it.");
                file.lock();
            }
            // The lock lives as long as its channel.
            return new UpLock(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't lock " + state, e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't unlock", e);
        }
    }
}
