package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts processes that outlive this one, and stops them. */
final class Launcher {
    // Job control puts the process into a group of its own, out of reach of Ctrl-C; nohup lets it survive the
    // terminal. Both are on every machine that has bash.
    private static final String DETACH =
            "set -m; log=$1; shift; nohup \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!; disown";

    private static final Duration BECOME_LIMIT = Duration.ofSeconds(5);

    private final ProcessRecords records;

    Launcher(ProcessRecords records) {
        this.records = records;
    }

    /** Starts a process and writes its file. */
    ProcessHandle start(String name, int port, List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            List<String> detached = new ArrayList<>(List.of("bash", "-c", DETACH, "engine", log.toString()));
            detached.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(detached).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process shell = builder.start();
            String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            ProcessHandle handle = ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow(() -> new FleetException(name + " ended at once; see " + log));
            ProcessRecord started = new ProcessRecord(
                    name,
                    handle.pid(),
                    port,
                    handle.info().startInstant().orElseGet(Instant::now),
                    Path.of(command.getFirst()).getFileName().toString());
            awaitProgram(started, handle);
            records.save(started);
            return handle;
        } catch (IOException | NumberFormatException e) {
            throw new FleetException(name + " can't be started: " + e.getMessage(), e);
        }
    }

    /** For a moment the process is still the shell that is about to become the program. */
    private static void awaitProgram(ProcessRecord started, ProcessHandle handle) {
        long end = System.nanoTime() + BECOME_LIMIT.toNanos();
        while (started.process().isEmpty() && handle.isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /**
     * Stops a process that was started from here: asks, and after the limit insists. Its file is removed.
     *
     * @return whether it was running
     */
    boolean stop(String name, Duration limit) {
        boolean running = records.running(name)
                .map(handle -> {
                    handle.destroy();
                    // A paused process hears of it only when it goes on.
                    signal(handle, "CONT");
                    if (!awaitExit(handle, limit)) {
                        kill(handle);
                    }
                    return true;
                })
                .orElse(false);
        records.remove(name);
        return running;
    }

    /**
     * Kills a process at once.
     *
     * @return whether it was running
     */
    boolean kill(String name) {
        return records.running(name).map(Launcher::kill).orElse(false);
    }

    /**
     * Sends a signal to a process that was started from here.
     *
     * @param signal such as {@code STOP}
     * @return whether it was running
     */
    boolean signal(String name, String signal) {
        return records.running(name).map(handle -> signal(handle, signal)).orElse(false);
    }

    private static boolean signal(ProcessHandle handle, String signal) {
        try {
            Process kill = new ProcessBuilder(
                            "bash", "-c", "kill -s \"$1\" \"$2\"", "engine", signal, Long.toString(handle.pid()))
                    .redirectErrorStream(true)
                    .start();
            kill.getInputStream().readAllBytes();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            throw new FleetException("signal " + signal + " can't be sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean kill(ProcessHandle handle) {
        handle.destroyForcibly();
        return awaitExit(handle, Duration.ofSeconds(10));
    }

    private static boolean awaitExit(ProcessHandle handle, Duration limit) {
        CompletableFuture<ProcessHandle> exit = handle.onExit();
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException late) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
