@NullMarked
package dev.automationengine.scheduler.promotion;

import org.jspecify.annotations.NullMarked;
