/** The way in: bodies within limits, made durable before their sender gets an answer. */
@NullMarked
package dev.automationengine.trigger.intake;

import org.jspecify.annotations.NullMarked;
