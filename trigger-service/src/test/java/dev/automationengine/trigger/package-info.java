@NullMarked
package dev.automationengine.trigger;

import org.jspecify.annotations.NullMarked;
