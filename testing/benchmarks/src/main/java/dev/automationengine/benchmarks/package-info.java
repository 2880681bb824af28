/** Measurements of a running fleet. */
@NullMarked
package dev.automationengine.benchmarks;

import org.jspecify.annotations.NullMarked;
