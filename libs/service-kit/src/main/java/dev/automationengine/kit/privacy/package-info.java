/** Finds a person's data in the documents of a service, and erases it (ADR 18). */
@NullMarked
package dev.automationengine.kit.privacy;

import org.jspecify.annotations.NullMarked;
