/** Looks at sources that do not call, for triggers of the type POLL. */
@NullMarked
package dev.automationengine.polling.source;

import org.jspecify.annotations.NullMarked;
