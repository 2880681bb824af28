/** Internal tokens: who calls, and for which organization. */
@NullMarked
package dev.automationengine.kit.security;

import org.jspecify.annotations.NullMarked;
