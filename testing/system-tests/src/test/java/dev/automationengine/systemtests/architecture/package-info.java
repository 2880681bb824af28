/** What the structure of the code promises. */
@NullMarked
package dev.automationengine.systemtests.architecture;

import org.jspecify.annotations.NullMarked;
