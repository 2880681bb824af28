/** Health of what the services depend on. */
@NullMarked
package dev.automationengine.kit.health;

import org.jspecify.annotations.NullMarked;
