/** The log of executions: written from snapshots, read by REST. */
@NullMarked
package dev.automationengine.logging.executionlog;

import org.jspecify.annotations.NullMarked;
