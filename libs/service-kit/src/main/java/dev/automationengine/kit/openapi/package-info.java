/** What a service tells of its API, so that the gateway can make one document of it. */
@NullMarked
package dev.automationengine.kit.openapi;

import org.jspecify.annotations.NullMarked;
