/** Which service gets a request, and how its body passes untouched. */
@NullMarked
package dev.automationengine.gateway.routing;

import org.jspecify.annotations.NullMarked;
