/** How the services look for a person's data, and erase it. */
@NullMarked
package dev.automationengine.model.privacy;

import org.jspecify.annotations.NullMarked;
