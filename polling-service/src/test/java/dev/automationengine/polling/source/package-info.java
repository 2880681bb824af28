@NullMarked
package dev.automationengine.polling.source;

import org.jspecify.annotations.NullMarked;
