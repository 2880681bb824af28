@NullMarked
package dev.automationengine.trigger.intake;

import org.jspecify.annotations.NullMarked;
