/** What became of every lead: heard of, fetched, routed, delivered; and what Meta lists against what we have. */
@NullMarked
package dev.automationengine.trigger.ledger;

import org.jspecify.annotations.NullMarked;
