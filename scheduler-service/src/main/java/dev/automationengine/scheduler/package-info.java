/** Keeps the queue moving: due jobs become ready, lost ones come back. */
@NullMarked
package dev.automationengine.scheduler;

import org.jspecify.annotations.NullMarked;
