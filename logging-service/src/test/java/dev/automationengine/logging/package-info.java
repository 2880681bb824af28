@NullMarked
package dev.automationengine.logging;

import org.jspecify.annotations.NullMarked;
