/** Leads at a steady rate, announced by signed webhooks: for benchmarks and for the fault suite. */
@NullMarked
package dev.automationengine.localstack.load;

import org.jspecify.annotations.NullMarked;
