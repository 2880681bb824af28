@NullMarked
package dev.automationengine.worker;

import org.jspecify.annotations.NullMarked;
