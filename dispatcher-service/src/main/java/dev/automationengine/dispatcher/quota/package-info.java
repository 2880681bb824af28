/** Executions of a month: counted, held beyond the plan's limit, begun when there is room again. */
@NullMarked
package dev.automationengine.dispatcher.quota;

import org.jspecify.annotations.NullMarked;
