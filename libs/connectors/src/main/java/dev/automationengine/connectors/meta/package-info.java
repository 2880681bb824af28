/** What every service that speaks to Meta needs to know of Graph. */
@NullMarked
package dev.automationengine.connectors.meta;

import org.jspecify.annotations.NullMarked;
