/** Leads: who is owed one, fetching it from Graph, trying again. */
@NullMarked
package dev.automationengine.trigger.lead;

import org.jspecify.annotations.NullMarked;
