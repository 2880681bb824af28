/** Who calls, and what which caller may do. */
@NullMarked
package dev.automationengine.gateway.access;

import org.jspecify.annotations.NullMarked;
