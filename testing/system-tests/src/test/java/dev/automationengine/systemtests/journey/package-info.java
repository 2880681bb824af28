/** What happens to a lead, on the happy and on the unhappy ways. */
@NullMarked
package dev.automationengine.systemtests.journey;

import org.jspecify.annotations.NullMarked;
