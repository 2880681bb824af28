/** Takes what arrives from outside and makes standardised events of it. */
@NullMarked
package dev.automationengine.trigger;

import org.jspecify.annotations.NullMarked;
