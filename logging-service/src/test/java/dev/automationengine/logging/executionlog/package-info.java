@NullMarked
package dev.automationengine.logging.executionlog;

import org.jspecify.annotations.NullMarked;
