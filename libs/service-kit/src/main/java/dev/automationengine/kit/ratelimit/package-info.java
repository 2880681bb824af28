/** Limits of calls in a time that all replicas of a service hold together. */
@NullMarked
package dev.automationengine.kit.ratelimit;

import org.jspecify.annotations.NullMarked;
