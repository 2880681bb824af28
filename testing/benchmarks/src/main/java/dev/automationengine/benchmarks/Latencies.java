package dev.automationengine.benchmarks;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A distribution of durations up to a minute, exact to three digits. */
public final class Latencies {
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    private final String name;
    private final Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);

    /** An empty distribution. */
    public Latencies(String name) {
        this.name = name;
    }

    /** A time before the beginning counts as none; {@link Verdict#early} tells how many are too early to be true. */
    public void add(Duration duration) {
        histogram.recordValue(Math.clamp(duration.toNanos() / 1000, 0, LONGEST_MICROS));
    }

    /** A percentile in milliseconds. */
    public double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** How many durations there are. */
    public long count() {
        return histogram.getTotalCount();
    }

    String name() {
        return name;
    }

    /** Count, percentiles and maximum, in milliseconds, by name. */
    Map<String, Object> summary() {
        return Map.of(
                "count", count(),
                "p50", millis(50),
                "p95", millis(95),
                "p99", millis(99),
                "max", histogram.getMaxValue() / MICROS_PER_MILLI);
    }

    /** A row of a Markdown table: name, p50, p95, p99, maximum in milliseconds. */
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f |",
                name,
                millis(50),
                millis(95),
                millis(99),
                histogram.getMaxValue() / MICROS_PER_MILLI);
    }
}
