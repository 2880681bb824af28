/** How long an organization keeps its data, within the limits of its plan. */
@NullMarked
package dev.automationengine.gateway.retention;

import org.jspecify.annotations.NullMarked;
