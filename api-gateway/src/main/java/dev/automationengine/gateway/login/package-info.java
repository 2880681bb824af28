/** Signing in with address and password: short access tokens, refresh tokens that change with each use. */
@NullMarked
package dev.automationengine.gateway.login;

import org.jspecify.annotations.NullMarked;
