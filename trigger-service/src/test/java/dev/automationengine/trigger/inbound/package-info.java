@NullMarked
package dev.automationengine.trigger.inbound;

import org.jspecify.annotations.NullMarked;
