package dev.automationengine.benchmarks.queue;

import dev.automationengine.benchmarks.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code ./engine bench queue}: the job queue alone, on a redis-server of its own. */
@CommandLine.Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Measures the job queue on a Redis of its own: jobs per second, fairness, and leaks over time.")
public final class QueueCommand implements Callable<Integer> {
    private static final int NOT_GOOD = 1;
    private static final double LONGEST_WAIT_MILLIS = 250;
    private static final int NOT_ASKED = -1;
    /** For the compilers of the JVM. */
    private static final int WARMUP = 100_000;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @CommandLine.Option(names = "--jobs", defaultValue = "300000", description = "jobs per row (${DEFAULT-VALUE})")
    private int jobs;

    @CommandLine.Option(names = "--batch", defaultValue = "50", description = "jobs per call (${DEFAULT-VALUE})")
    private int batch;

    @CommandLine.Option(names = "--threads", defaultValue = "4", description = "callers (${DEFAULT-VALUE})")
    private int threads;

    @CommandLine.Option(
            names = "--fairness",
            defaultValue = "20",
            description = "seconds of the part about fairness, 0: without it (${DEFAULT-VALUE})")
    private int fairnessSeconds;

    @CommandLine.Option(
            names = "--soak",
            arity = "0..1",
            fallbackValue = "10",
            defaultValue = "-1",
            description = "minutes at half the measured load; without a number ${FALLBACK-VALUE}")
    private int soakMinutes;

    @Override
    public Integer call() {
        if (jobs < 1
                || batch < 1
                || threads < 1
                || fairnessSeconds < 0
                || soakMinutes < NOT_ASKED
                || soakMinutes == 0) {
            throw new CommandLine.ParameterException(spec.commandLine(), "All numbers are above 0.");
        }
        boolean good = true;
        try (BenchRedis redis = BenchRedis.start()) {
            ThroughputRun throughput = new ThroughputRun(redis, threads, batch);
            say("warming up: %,d jobs each way%n", Math.min(jobs, WARMUP));
            throughput.run(Math.min(jobs, WARMUP));
            say("measuring: %,d jobs each way, %d callers, batches of %d%n%n", jobs, threads, batch);
            List<Phase> phases = throughput.run(jobs);
            say("| what | count | per second | Redis CPU µs each | Redis busy |%n|---|---|---|---|---|%n");
            phases.forEach(phase -> say("%s%n", phase.row()));
            if (fairnessSeconds > 0) {
                good = fair(new FairnessRun(redis).run(Duration.ofSeconds(fairnessSeconds)));
            }
            if (soakMinutes > 0) {
                double rate = phases.getLast().perSecond() / 2;
                say("%nsoak: %,.0f jobs/s for %d min%n", rate, soakMinutes);
                SoakReport soak = new SoakRun(redis, rate).run(Duration.ofMinutes(soakMinutes));
                say("%s", soak.markdown());
                good &= soak.good();
            }
        }
        return good ? 0 : NOT_GOOD;
    }

    private static boolean fair(FairnessRun.Result result) {
        Latencies waits = result.waits();
        say(
                "%nfairness: %,d jobs of one organization queued, %,d of them done and %,d left while another's %,d came%n%n",
                FairnessRun.BACKLOG, result.busy(), result.backlog(), waits.count());
        say("| ms from enqueue to start | p50 | p95 | p99 | max |%n|---|---|---|---|---|%n%s%n", waits.row());
        return waits.millis(99) <= LONGEST_WAIT_MILLIS && result.backlog() > 0;
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }
}
