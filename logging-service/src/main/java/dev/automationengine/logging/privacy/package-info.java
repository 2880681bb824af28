/** People who ask what the engine holds about somebody, or want it erased; and the receipts. */
@NullMarked
package dev.automationengine.logging.privacy;

import org.jspecify.annotations.NullMarked;
