@NullMarked
package dev.automationengine.worker.attempt;

import org.jspecify.annotations.NullMarked;
