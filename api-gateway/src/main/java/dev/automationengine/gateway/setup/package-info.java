/** The first start: how the first owner comes to be. */
@NullMarked
package dev.automationengine.gateway.setup;

import org.jspecify.annotations.NullMarked;
