/** Looking after the users of an organization. */
@NullMarked
package dev.automationengine.gateway.member;

import org.jspecify.annotations.NullMarked;
