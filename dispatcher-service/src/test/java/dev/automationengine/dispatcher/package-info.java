@NullMarked
package dev.automationengine.dispatcher;

import org.jspecify.annotations.NullMarked;
