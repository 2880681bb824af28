package dev.automationengine.localstack.fleet;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a process is.
 *
 * @param instance which one
 * @param pid its process id; 0 if it does not run
 * @param port what it listens on
 * @param state what a person wants to know
 * @param residentBytes memory it holds; 0 if unknown
 * @param cpu processor time since its start
 */
public record ProcessView(Instance instance, long pid, int port, State state, long residentBytes, Duration cpu) {
    /** What a person wants to know. */
    public enum State {
        /** Serves. */
        READY,
        /** Runs, but does not serve (yet). */
        STARTING,
        /** Was stopped by a signal, and does nothing until another lets it go on. */
        PAUSED,
        /** Does not run. */
        STOPPED
    }

    static ProcessView stopped(Instance instance, int port) {
        return new ProcessView(instance, 0, port, State.STOPPED, 0, Duration.ZERO);
    }

    static ProcessView of(Instance instance, ProcessHandle handle, int port, BooleanSupplier ready) {
        ProcessFacts facts = ProcessFacts.of(handle.pid());
        return new ProcessView(
                instance,
                handle.pid(),
                port,
                state(facts, ready),
                facts.residentBytes(),
                handle.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /** A paused process is not asked: the kernel would take the connection, and nobody would answer. */
    private static State state(ProcessFacts facts, BooleanSupplier ready) {
        if (facts.paused()) {
            return State.PAUSED;
        }
        return ready.getAsBoolean() ? State.READY : State.STARTING;
    }
}
