/** The queue comes back from MongoDB when Redis lost it. */
@NullMarked
package dev.automationengine.scheduler.recovery;

import org.jspecify.annotations.NullMarked;
