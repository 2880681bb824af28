/** How a background service runs: a loop on a thread of its own that outlives outages. */
@NullMarked
package dev.automationengine.kit.background;

import org.jspecify.annotations.NullMarked;
