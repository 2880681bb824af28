/** Events in, executions started. */
@NullMarked
package dev.automationengine.dispatcher.event;

import org.jspecify.annotations.NullMarked;
