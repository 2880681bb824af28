@NullMarked
package dev.automationengine.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
