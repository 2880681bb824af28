/** Executions that failed, as events for the workflows that listen to failures. */
@NullMarked
package dev.automationengine.trigger.failure;

import org.jspecify.annotations.NullMarked;
