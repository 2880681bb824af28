/** One trace over HTTP, Kafka and Redis, and the ids in every log line. */
@NullMarked
package dev.automationengine.kit.trace;

import org.jspecify.annotations.NullMarked;
