@NullMarked
package dev.automationengine.scheduler.recovery;

import org.jspecify.annotations.NullMarked;
