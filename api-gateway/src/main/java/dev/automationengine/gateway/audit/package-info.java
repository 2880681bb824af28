/** Who changed what, when, from where: an append-only log of each organization, chained by hashes. */
@NullMarked
package dev.automationengine.gateway.audit;

import org.jspecify.annotations.NullMarked;
