/** Jobs that wait for hours: what a million of them cost, and whether they come in time. */
@NullMarked
package dev.automationengine.benchmarks.parked;

import org.jspecify.annotations.NullMarked;
