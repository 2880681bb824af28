@NullMarked
package dev.automationengine.kit.ratelimit;

import org.jspecify.annotations.NullMarked;
