/** Looks where nobody calls: finds leads whose webhook got lost. */
@NullMarked
package dev.automationengine.polling;

import org.jspecify.annotations.NullMarked;
