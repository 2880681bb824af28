/** The parts of a workflow that more than one service reads. */
@NullMarked
package dev.automationengine.model.workflow;

import org.jspecify.annotations.NullMarked;
