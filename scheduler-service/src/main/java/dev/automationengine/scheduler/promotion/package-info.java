/** Delayed jobs become ready when they are due. */
@NullMarked
package dev.automationengine.scheduler.promotion;

import org.jspecify.annotations.NullMarked;
