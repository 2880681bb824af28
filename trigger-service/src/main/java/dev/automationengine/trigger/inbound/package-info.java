/** Raw messages, understood a batch at a time after their sender got an answer. */
@NullMarked
package dev.automationengine.trigger.inbound;

import org.jspecify.annotations.NullMarked;
