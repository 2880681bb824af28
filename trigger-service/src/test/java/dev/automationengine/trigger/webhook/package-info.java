@NullMarked
package dev.automationengine.trigger.webhook;

import org.jspecify.annotations.NullMarked;
