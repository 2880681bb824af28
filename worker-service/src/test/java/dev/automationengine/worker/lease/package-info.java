@NullMarked
package dev.automationengine.worker.lease;

import org.jspecify.annotations.NullMarked;
