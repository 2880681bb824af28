@NullMarked
package dev.automationengine.trigger.meta;

import org.jspecify.annotations.NullMarked;
