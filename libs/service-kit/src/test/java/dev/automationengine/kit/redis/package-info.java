@NullMarked
package dev.automationengine.kit.redis;

import org.jspecify.annotations.NullMarked;
