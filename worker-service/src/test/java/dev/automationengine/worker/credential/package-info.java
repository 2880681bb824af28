@NullMarked
package dev.automationengine.worker.credential;

import org.jspecify.annotations.NullMarked;
