/** Users who sign in at an OpenID Connect provider that the operator trusts. */
@NullMarked
package dev.automationengine.gateway.oidc;

import org.jspecify.annotations.NullMarked;
