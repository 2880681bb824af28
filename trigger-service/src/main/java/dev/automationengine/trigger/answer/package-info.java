/** Callers of webhooks who wait for the outcome. */
@NullMarked
package dev.automationengine.trigger.answer;

import org.jspecify.annotations.NullMarked;
