/** Executions: their state, and the pure function that decides what comes next. */
@NullMarked
package dev.automationengine.dispatcher.execution;

import org.jspecify.annotations.NullMarked;
