@NullMarked
package dev.automationengine.gateway.security;

import org.jspecify.annotations.NullMarked;
