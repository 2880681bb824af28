/** Organizations, the tenants. */
@NullMarked
package dev.automationengine.gateway.organization;

import org.jspecify.annotations.NullMarked;
