/** How replicas share work: who holds what, and when to look again. */
@NullMarked
package dev.automationengine.polling.lease;

import org.jspecify.annotations.NullMarked;
