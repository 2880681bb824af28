@NullMarked
package dev.automationengine.gateway;

import org.jspecify.annotations.NullMarked;
