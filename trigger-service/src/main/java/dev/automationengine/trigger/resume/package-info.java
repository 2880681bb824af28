/** Answers to steps that wait: callbacks of machines, decisions of people. */
@NullMarked
package dev.automationengine.trigger.resume;

import org.jspecify.annotations.NullMarked;
