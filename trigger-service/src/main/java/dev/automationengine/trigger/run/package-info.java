/** Runs that somebody asked for, by hand or by a schedule: each is for one workflow. */
@NullMarked
package dev.automationengine.trigger.run;

import org.jspecify.annotations.NullMarked;
