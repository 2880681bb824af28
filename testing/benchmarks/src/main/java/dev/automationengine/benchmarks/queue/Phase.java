package dev.automationengine.benchmarks.queue;

import java.util.Locale;

/**
 * What a part of the measurement did.
 *
 * @param name what was done
 * @param count how often
 * @param seconds how long it took
 * @param redisSeconds processor time that Redis took for it
 */
record Phase(String name, int count, double seconds, double redisSeconds) {
    private static final double MICROS = 1e6;

    double perSecond() {
        return count / seconds;
    }

    /** Processor time of Redis for one, in microseconds. */
    double redisMicros() {
        return redisSeconds * MICROS / count;
    }

    /** A row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %.1f | %.0f %% |",
                name,
                count,
                perSecond(),
                redisMicros(),
                100 * redisSeconds / seconds);
    }
}
