@NullMarked
package dev.automationengine.scheduler.parked;

import org.jspecify.annotations.NullMarked;
