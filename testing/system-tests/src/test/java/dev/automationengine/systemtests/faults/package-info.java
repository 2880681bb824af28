/** The fleet under load while its parts die: nothing accepted is lost, nothing known to be done is done again. */
@NullMarked
package dev.automationengine.systemtests.faults;

import org.jspecify.annotations.NullMarked;
