/** Jobs of workers that fell silent become ready again. */
@NullMarked
package dev.automationengine.scheduler.rescue;

import org.jspecify.annotations.NullMarked;
