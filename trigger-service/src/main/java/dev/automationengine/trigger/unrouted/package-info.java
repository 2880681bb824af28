/** Leads that nobody listens to, kept for a while. */
@NullMarked
package dev.automationengine.trigger.unrouted;

import org.jspecify.annotations.NullMarked;
