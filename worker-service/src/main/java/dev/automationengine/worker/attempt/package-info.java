/** One attempt at a step: what to do, with which credential, and what follows from its result. */
@NullMarked
package dev.automationengine.worker.attempt;

import org.jspecify.annotations.NullMarked;
