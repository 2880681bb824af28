@NullMarked
package dev.automationengine.trigger.resume;

import org.jspecify.annotations.NullMarked;
