@NullMarked
package dev.automationengine.gateway.openapi;

import org.jspecify.annotations.NullMarked;
