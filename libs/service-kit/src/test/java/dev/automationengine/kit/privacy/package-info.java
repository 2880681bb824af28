@NullMarked
package dev.automationengine.kit.privacy;

import org.jspecify.annotations.NullMarked;
