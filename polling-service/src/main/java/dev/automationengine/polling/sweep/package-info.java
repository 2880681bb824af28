/** Sweeping forms: what Graph has, window by window, goes to Kafka. */
@NullMarked
package dev.automationengine.polling.sweep;

import org.jspecify.annotations.NullMarked;
