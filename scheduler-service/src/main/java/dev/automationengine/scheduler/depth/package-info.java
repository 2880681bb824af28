/** How long the queue is, for graphs and alerts. */
@NullMarked
package dev.automationengine.scheduler.depth;

import org.jspecify.annotations.NullMarked;
