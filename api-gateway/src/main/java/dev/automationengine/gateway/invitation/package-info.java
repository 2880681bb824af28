/** Invitations: how people become users of an organization. */
@NullMarked
package dev.automationengine.gateway.invitation;

import org.jspecify.annotations.NullMarked;
