/** Workflows: what authors write, how it is checked, kept and found again. */
@NullMarked
package dev.automationengine.dispatcher.workflow;

import org.jspecify.annotations.NullMarked;
