/** Facts: how they are published, read, and put aside when they cannot be read. */
@NullMarked
package dev.automationengine.kit.kafka;

import org.jspecify.annotations.NullMarked;
