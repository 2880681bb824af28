package dev.automationengine.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two starts at once, each a process of its own. */
class UpLockTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void the_second_start_waits_until_the_first_is_through_or_dead(@TempDir Path state) throws Exception {
        Process first = holder(state);
        try {
            assertThat(first.inputReader().readLine()).isEqualTo("locked");
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            CompletableFuture<Void> second = CompletableFuture.runAsync(
                    () -> UpLock.take(state, said::add).close());
            assertThat(said.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("waiting", state.toString());
            assertThat(second).isNotDone();
            first.destroyForcibly();
            assertThat(second).succeedsWithin(LIMIT);
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void one_after_the_other_nobody_waits(@TempDir Path state) {
        UpLock.take(state, line -> {
                    throw new AssertionError(line);
                })
                .close();
        UpLock.take(state, line -> {
                    throw new AssertionError(line);
                })
                .close();
    }

    private static Process holder(Path state) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        state.toString()))
                .redirectErrorStream(true)
                .start();
    }

    /** Takes the lock and keeps it until it is killed or its input ends. */
    static final class Holder {
        private Holder() {}

        /** The first argument is the state directory. */
        public static void main(String[] args) throws IOException {
            try (UpLock lock = UpLock.take(Path.of(args[0]), System.out::println)) {
                System.out.println("locked");
                System.in.read();
            }
        }
    }
}
