@NullMarked
package dev.automationengine.scheduler;

import org.jspecify.annotations.NullMarked;
