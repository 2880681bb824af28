/** Real Kafka, Redis and a MongoDB-wire server for tests and for {@code ./engine}. */
@NullMarked
package dev.automationengine.localstack;

import org.jspecify.annotations.NullMarked;
