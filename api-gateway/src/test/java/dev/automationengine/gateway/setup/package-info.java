@NullMarked
package dev.automationengine.gateway.setup;

import org.jspecify.annotations.NullMarked;
