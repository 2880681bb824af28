@NullMarked
package dev.automationengine.kit.schedule;

import org.jspecify.annotations.NullMarked;
