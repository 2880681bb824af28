@NullMarked
package dev.automationengine.trigger.subscription;

import org.jspecify.annotations.NullMarked;
