/** Schemas that authors of workflows write. */
@NullMarked
package dev.automationengine.kit.schema;

import org.jspecify.annotations.NullMarked;
