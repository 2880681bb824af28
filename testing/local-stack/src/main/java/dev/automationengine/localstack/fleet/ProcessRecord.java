package dev.automationengine.localstack.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept about a process that was started, so that it can be found again, and nobody else in its place.
 *
 * @param name the member's label
 * @param pid the process id
 * @param port what it listens on
 * @param startedAt when the operating system says it started
 * @param program file name of its executable
 */
record ProcessRecord(String name, long pid, int port, Instant startedAt, String program) {
    // Both times come from the same clock of the operating system, but not with the same rounding on every system.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    // What Linux adds to the path of a program whose file was replaced while it ran.
    private static final String REPLACED = " (deleted)";

    /** The process if it still runs. Another process that got the same number is not it. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isMine);
    }

    private boolean isMine(ProcessHandle handle) {
        boolean sameStart = handle.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
        boolean sameProgram = handle.info()
                .command()
                .map(command -> Path.of(command.replace(REPLACED, "")).endsWith(program))
                .orElse(false);
        return sameStart && sameProgram;
    }
}
