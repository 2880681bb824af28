/** What no client of good will sends, at every door of the fleet. */
@NullMarked
package dev.automationengine.systemtests.fuzz;

import org.jspecify.annotations.NullMarked;
