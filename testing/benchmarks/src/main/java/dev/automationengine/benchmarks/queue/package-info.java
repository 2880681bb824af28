/** What the job queue does per second, how fair it is, and whether it leaks: {@code ./engine bench queue}. */
@NullMarked
package dev.automationengine.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
