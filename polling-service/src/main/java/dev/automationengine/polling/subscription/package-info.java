/** Which forms active workflows wait for. */
@NullMarked
package dev.automationengine.polling.subscription;

import org.jspecify.annotations.NullMarked;
