/** How much a caller may ask in a time, told in every answer. */
@NullMarked
package dev.automationengine.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
