/** Raw messages: stored before their sender gets an answer, understood afterwards. */
@NullMarked
package dev.automationengine.trigger.inbound;

import org.jspecify.annotations.NullMarked;
