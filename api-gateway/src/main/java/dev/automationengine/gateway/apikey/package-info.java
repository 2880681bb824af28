/** The keys that an organization's programs call with. */
@NullMarked
package dev.automationengine.gateway.apikey;

import org.jspecify.annotations.NullMarked;
