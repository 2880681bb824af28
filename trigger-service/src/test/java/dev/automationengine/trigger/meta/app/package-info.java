@NullMarked
package dev.automationengine.trigger.meta.app;

import org.jspecify.annotations.NullMarked;
