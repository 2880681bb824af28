/** Takes jobs from the queue, as many as the worker can hold. */
@NullMarked
package dev.automationengine.worker.claim;

import org.jspecify.annotations.NullMarked;
