@NullMarked
package dev.automationengine.logging.privacy;

import org.jspecify.annotations.NullMarked;
