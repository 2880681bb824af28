package dev.automationengine.benchmarks.queue;

import dev.automationengine.jobqueue.QueueStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a soak showed.
 *
 * @param samples memory over time, in order
 * @param completed jobs that were completed
 * @param atEnd counts of the queue when all jobs were done
 * @param leaked keys that should be gone by then
 */
record SoakReport(List<Sample> samples, long completed, QueueStats atEnd, List<String> leaked) {
    private static final double MOST_GROWTH = 0.05;
    /** A small heap goes up and down by some megabytes; a leak of a byte per job would be more in ten minutes. */
    private static final double NOISE_BYTES = 4.0 * 1024 * 1024;

    private static final double MEBI = 1024 * 1024;
    private static final QueueStats NOTHING = new QueueStats(0, 0, 0, 0);

    /**
     * Memory at a moment.
     *
     * @param at since the start
     * @param redisBytes used by Redis
     * @param heapBytes used by this JVM after a collection
     */
    record Sample(Duration at, long redisBytes, long heapBytes) {}

    boolean good() {
        return flat(Sample::redisBytes) && flat(Sample::heapBytes) && atEnd.equals(NOTHING) && leaked.isEmpty();
    }

    /**
     * How much larger the median of the last quarter is than that of the third, 0.01 for one per cent. The first half
     * does not count: completed ids are remembered for a while, and that has to fill up.
     */
    double growth(ToLongFunction<Sample> memory) {
        return (double) last(memory) / third(memory) - 1;
    }

    private boolean flat(ToLongFunction<Sample> memory) {
        return growth(memory) <= MOST_GROWTH || last(memory) - third(memory) <= NOISE_BYTES;
    }

    private long third(ToLongFunction<Sample> memory) {
        return median(samples.subList(samples.size() / 2, samples.size() * 3 / 4), memory);
    }

    private long last(ToLongFunction<Sample> memory) {
        return median(samples.subList(samples.size() * 3 / 4, samples.size()), memory);
    }

    private static long median(List<Sample> some, ToLongFunction<Sample> memory) {
        long[] sorted = some.stream().mapToLong(memory).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    String markdown() {
        StringBuilder text = new StringBuilder("\n| after s | Redis MiB | heap MiB |\n|---|---|---|\n");
        int step = Math.max(1, samples.size() / 20);
        for (int i = samples.size() - 1; i >= 0; i -= step) {
            Sample sample = samples.get(i);
            text.insert(
                    text.indexOf("|---|---|---|\n") + "|---|---|---|\n".length(),
                    String.format(
                            Locale.ROOT,
                            "| %d | %.1f | %.1f |%n",
                            sample.at().toSeconds(),
                            sample.redisBytes() / MEBI,
                            sample.heapBytes() / MEBI));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%,d jobs completed; growth in the last quarter: Redis %.1f %%, heap %.1f %%; at the end %s, left behind: %s%n",
                        completed,
                        100 * growth(Sample::redisBytes),
                        100 * growth(Sample::heapBytes),
                        atEnd,
                        leaked.isEmpty() ? "nothing" : leaked))
                .toString();
    }
}
