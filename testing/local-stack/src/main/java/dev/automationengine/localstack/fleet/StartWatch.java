package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until processes serve, and says why one does not. */
final class StartWatch {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int POLL_MILLIS = 100;
    private static final int LAST_LINES = 25;

    private final FleetSettings settings;
    private final ProcessRecords records;
    private final Readiness readiness;
    private final Consumer<String> out;

    StartWatch(FleetSettings settings, ProcessRecords records, Readiness readiness, Consumer<String> out) {
        this.settings = settings;
        this.records = records;
        this.readiness = readiness;
        this.out = out;
    }

    /**
     * Waits until all are ready.
     *
     * @param tell whether to say it of each
     * @throws FleetException if one ends, or is not ready in time, with the end of its log
     */
    void awaitReady(Collection<Instance> instances, boolean tell) {
        long begin = System.nanoTime();
        List<Instance> waiting = new ArrayList<>(instances);
        while (!waiting.isEmpty()) {
            for (Instance instance : List.copyOf(waiting)) {
                boolean running = records.running(instance.label()).isPresent();
                if (readiness.isReady(instance)) {
                    waiting.remove(instance);
                    if (tell) {
                        out.accept(String.format("  %-22s ready after %4.1f s", instance.label(), seconds(begin)));
                    }
                } else if (!running) {
                    throw failed(instance, "ended while starting");
                }
            }
            if (seconds(begin) > LIMIT.toSeconds()) {
                throw failed(waiting.getFirst(), "is not ready after " + LIMIT.toSeconds() + " s");
            }
            pause();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", e);
        }
    }

    private FleetException failed(Instance instance, String what) {
        Path log = settings.log(instance);
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return new FleetException(
                    instance.label() + " " + what + ". The end of " + log + ":\n" + String.join("\n", last));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + log, e);
        }
    }
}
