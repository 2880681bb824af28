@NullMarked
package dev.automationengine.polling.sweep;

import org.jspecify.annotations.NullMarked;
