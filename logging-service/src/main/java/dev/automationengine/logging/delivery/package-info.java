/** What became of messages that steps sent, as third parties told later. */
@NullMarked
package dev.automationengine.logging.delivery;

import org.jspecify.annotations.NullMarked;
