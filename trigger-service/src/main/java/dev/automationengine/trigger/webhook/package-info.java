/** Generic webhooks: one address for each path that a workflow listens to. */
@NullMarked
package dev.automationengine.trigger.webhook;

import org.jspecify.annotations.NullMarked;
