@NullMarked
package dev.automationengine.trigger.lead;

import org.jspecify.annotations.NullMarked;
