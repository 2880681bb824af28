/** Where the sweeping of each form stands, and who does it now. */
@NullMarked
package dev.automationengine.polling.poll;

import org.jspecify.annotations.NullMarked;
