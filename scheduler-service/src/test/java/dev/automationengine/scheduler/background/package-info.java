@NullMarked
package dev.automationengine.scheduler.background;

import org.jspecify.annotations.NullMarked;
