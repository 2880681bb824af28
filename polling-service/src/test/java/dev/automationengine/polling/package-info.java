@NullMarked
package dev.automationengine.polling;

import org.jspecify.annotations.NullMarked;
