/** Problem details (RFC 9457) for every error answer. */
@NullMarked
package dev.automationengine.kit.problem;

import org.jspecify.annotations.NullMarked;
