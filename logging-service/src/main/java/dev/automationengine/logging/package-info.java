/** What people read about executions. */
@NullMarked
package dev.automationengine.logging;

import org.jspecify.annotations.NullMarked;
