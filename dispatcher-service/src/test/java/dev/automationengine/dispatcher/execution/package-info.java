@NullMarked
package dev.automationengine.dispatcher.execution;

import org.jspecify.annotations.NullMarked;
