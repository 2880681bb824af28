@NullMarked
package dev.automationengine.benchmarks;

import org.jspecify.annotations.NullMarked;
