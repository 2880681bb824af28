@NullMarked
package dev.automationengine.trigger.failure;

import org.jspecify.annotations.NullMarked;
