/** The fleet under test: started as a user starts it, spoken to as the outside world speaks to it. */
@NullMarked
package dev.automationengine.systemtests.fleet;

import org.jspecify.annotations.NullMarked;
