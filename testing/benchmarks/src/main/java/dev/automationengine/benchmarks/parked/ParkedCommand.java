package dev.automationengine.benchmarks.parked;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.NewJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;

/** {@code ./engine bench parked}: what parked jobs cost, how fast they come back, and how late they are. */
@CommandLine.Command(
        name = "parked",
        mixinStandardHelpOptions = true,
        description = "Parks jobs in MongoDB, lets the scheduler page some of them in, and tells what it cost.")
public final class ParkedCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int CLAIM = 200;
    private static final int BURST_BATCH = 5_000;

    @CommandLine.Option(names = "--parked", defaultValue = "1000000", description = "jobs in all (${DEFAULT-VALUE})")
    private int parked;

    @CommandLine.Option(names = "--near", defaultValue = "100000", description = "of them soon due (${DEFAULT-VALUE})")
    private int near;

    @CommandLine.Option(
            names = "--spread",
            defaultValue = "60",
            description = "seconds over which those become due (${DEFAULT-VALUE})")
    private int spread;

    @CommandLine.Option(
            names = "--lead",
            defaultValue = "180",
            description = "seconds until the first of them is due: time to store them and to page them in"
                    + " (${DEFAULT-VALUE})")
    private int lead;

    /** Runs it alone. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ParkedCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        try (ParkedScene scene = ParkedScene.start(Path.of(System.getenv().getOrDefault("ENGINE_ROOT", ".")))) {
            introduce(scene);
            System.out.println("| what | figure |\n|---|---|");
            ParkedJobDocuments documents = new ParkedJobDocuments(scene.mongo());
            park(scene, documents);
            Instant first = Instant.now().plusSeconds(lead);
            IntFunction<Instant> due = i -> first.plusMillis(i * 1000L * spread / near);
            documents.execute(0, near, due);
            documents.park(0, near, due);
            pageIn(scene, first);
            lateness(scene, due);
            burst(scene);
            return 0;
        }
    }

    /** A queue that it does not know is rebuilt from the executions, which would be measured instead. */
    private static void introduce(ParkedScene scene) throws IOException {
        scene.startScheduler();
        await(() -> scene.mongo().getCollection("queue_beats").countDocuments() == 1);
        scene.stopScheduler();
    }

    private void park(ParkedScene scene, ParkedJobDocuments documents) throws IOException {
        long redisBefore = scene.redisBytes();
        long begin = System.nanoTime();
        long storeBefore = scene.storeBytes();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        documents.park(near, parked, tomorrow::plusMillis);
        int far = parked - near;
        row("parked jobs, due tomorrow", "%,d, stored in %.0f s", far, seconds(begin));
        row("MongoDB: a job as BSON", "%d bytes", documents.bsonBytes());
        row("MongoDB: file of the local store", "%d bytes a job", (scene.storeBytes() - storeBefore) / far);
        row("Redis: all of them", "%,d bytes", Math.max(0, scene.redisBytes() - redisBefore));
    }

    private void pageIn(ParkedScene scene, Instant first) throws IOException {
        long redisBefore = scene.redisBytes();
        scene.startScheduler();
        await(() -> scene.queue().stats().delayed() > 0);
        long begin = System.nanoTime();
        await(() -> scene.queue().stats().delayed() + scene.queue().stats().ready() >= near);
        double took = seconds(begin);
        row("paged in", "%,d in %.1f s: %,.0f/s", near, took, near / took);
        row("Redis: a job that is soon due", "%d bytes", (scene.redisBytes() - redisBefore) / near);
        if (Instant.now().isAfter(first)) {
            row("mind", "paged in after the first was due: give more --lead for a true lateness");
        }
    }

    private void lateness(ParkedScene scene, IntFunction<Instant> due) {
        Histogram late = new Histogram(3);
        long end = System.nanoTime() + LIMIT.toNanos();
        int claimed = 0;
        while (claimed < near && System.nanoTime() < end) {
            List<ClaimedJob> jobs = scene.queue().claim("bench", CLAIM, Duration.ofMinutes(5));
            Instant now = Instant.now();
            for (ClaimedJob job : jobs) {
                Instant dueAt = due.apply(number(job));
                late.recordValue(Math.max(0, Duration.between(dueAt, now).toMillis()));
            }
            scene.queue().complete(jobs);
            claimed += jobs.size();
            if (jobs.isEmpty()) {
                pause();
            }
        }
        row("claimed when due, %,d/s".formatted(near / spread), "%,d of %,d", claimed, near);
        row(
                "lateness, due until claimed",
                "p50 %d ms, p99 %d ms, max %d ms",
                late.getValueAtPercentile(50),
                late.getValueAtPercentile(99),
                late.getMaxValue());
    }

    private void burst(ParkedScene scene) {
        Instant due = Instant.now().plusSeconds(40);
        for (int begin = parked; begin < parked + near; begin += BURST_BATCH) {
            List<NewJob> jobs = new ArrayList<>();
            for (int i = begin; i < Math.min(parked + near, begin + BURST_BATCH); i++) {
                jobs.add(ParkedJobDocuments.job(i, due));
            }
            scene.queue().enqueue(jobs);
        }
        await(() -> !Instant.now().isBefore(due));
        await(() -> scene.queue().stats().delayed() == 0);
        double took = Duration.between(due, Instant.now()).toMillis() / 1000.0;
        row("promoted, all due at once", "%,d in %.2f s: %,.0f/s", near, took, near / took);
    }

    private static int number(ClaimedJob job) {
        String execution = job.id().execution().value();
        return Integer.parseInt(execution.substring(execution.indexOf('_') + 1));
    }

    private static void row(String what, String figure, Object... values) {
        System.out.println("| " + what + " | " + String.format(Locale.ROOT, figure, values) + " |");
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not reached in " + LIMIT);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
