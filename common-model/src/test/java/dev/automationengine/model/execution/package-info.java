@NullMarked
package dev.automationengine.model.execution;

import org.jspecify.annotations.NullMarked;
