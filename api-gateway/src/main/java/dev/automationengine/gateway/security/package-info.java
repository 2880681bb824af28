/** Who calls: an API key outside becomes an internal token inside. */
@NullMarked
package dev.automationengine.gateway.security;

import org.jspecify.annotations.NullMarked;
