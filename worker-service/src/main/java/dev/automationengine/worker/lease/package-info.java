/** The jobs that this worker holds, and the keeping of their leases. */
@NullMarked
package dev.automationengine.worker.lease;

import org.jspecify.annotations.NullMarked;
