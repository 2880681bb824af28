/**
 * Simulators of the third parties, in one HTTP server: as strict as the vendors, with faults that a test switches on.
 * Start with {@link dev.automationengine.localstack.simulator.SimulatorServer}.
 */
@NullMarked
package dev.automationengine.localstack.simulator;

import org.jspecify.annotations.NullMarked;
