/** Jobs that are due so late that they wait in MongoDB and not in Redis. */
@NullMarked
package dev.automationengine.scheduler.parked;

import org.jspecify.annotations.NullMarked;
