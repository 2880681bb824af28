/** The Kafka topics: names, keys, owners. */
@NullMarked
package dev.automationengine.model.topic;

import org.jspecify.annotations.NullMarked;
