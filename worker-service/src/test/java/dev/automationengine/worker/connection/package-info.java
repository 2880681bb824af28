@NullMarked
package dev.automationengine.worker.connection;

import org.jspecify.annotations.NullMarked;
