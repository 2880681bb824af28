@NullMarked
package dev.automationengine.kit.background;

import org.jspecify.annotations.NullMarked;
