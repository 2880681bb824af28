/** Standardised events: published, then remembered. */
@NullMarked
package dev.automationengine.trigger.event;

import org.jspecify.annotations.NullMarked;
