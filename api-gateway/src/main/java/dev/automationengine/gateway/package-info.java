/** The way in: knows who calls, and forwards to the service that answers. */
@NullMarked
package dev.automationengine.gateway;

import org.jspecify.annotations.NullMarked;
