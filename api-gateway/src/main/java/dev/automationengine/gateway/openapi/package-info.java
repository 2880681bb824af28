/** One OpenAPI document of the whole fleet, made of the services' own. */
@NullMarked
package dev.automationengine.gateway.openapi;

import org.jspecify.annotations.NullMarked;
