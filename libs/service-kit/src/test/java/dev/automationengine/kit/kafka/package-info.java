@NullMarked
package dev.automationengine.kit.kafka;

import org.jspecify.annotations.NullMarked;
