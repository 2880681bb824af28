/** The end of an organization. */
@NullMarked
package dev.automationengine.gateway.closing;

import org.jspecify.annotations.NullMarked;
