/** Steps that failed for good, kept for people. */
@NullMarked
package dev.automationengine.dispatcher.deadletter;

import org.jspecify.annotations.NullMarked;
