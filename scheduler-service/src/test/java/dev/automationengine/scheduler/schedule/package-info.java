@NullMarked
package dev.automationengine.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
