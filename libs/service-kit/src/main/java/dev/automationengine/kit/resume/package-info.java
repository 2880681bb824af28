/** Signed links by which somebody outside answers a step that waits. */
@NullMarked
package dev.automationengine.kit.resume;

import org.jspecify.annotations.NullMarked;
