/** How long an organization's data is kept, and its end (ADR 18). */
@NullMarked
package dev.automationengine.kit.retention;

import org.jspecify.annotations.NullMarked;
