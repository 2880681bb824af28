@NullMarked
package dev.automationengine.kit.resume;

import org.jspecify.annotations.NullMarked;
