/** Workflows that start by the clock: what they ask for, and the messages that say that a time has come. */
@NullMarked
package dev.automationengine.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
