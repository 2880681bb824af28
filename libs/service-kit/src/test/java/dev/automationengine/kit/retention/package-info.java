@NullMarked
package dev.automationengine.kit.retention;

import org.jspecify.annotations.NullMarked;
