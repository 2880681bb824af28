/** Identities: one-field records, each with its own prefix, so that one kind of id is never taken for another. */
@NullMarked
package dev.automationengine.model.id;

import org.jspecify.annotations.NullMarked;
