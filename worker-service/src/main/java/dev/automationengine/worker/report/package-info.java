/** Outcomes: published first, then the leases are given up. */
@NullMarked
package dev.automationengine.worker.report;

import org.jspecify.annotations.NullMarked;
