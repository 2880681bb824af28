/** How a background service runs: a loop on a thread of its own that outlives outages. */
@NullMarked
package dev.automationengine.scheduler.background;

import org.jspecify.annotations.NullMarked;
