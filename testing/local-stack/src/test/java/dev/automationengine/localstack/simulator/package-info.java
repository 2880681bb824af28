@NullMarked
package dev.automationengine.localstack.simulator;

import org.jspecify.annotations.NullMarked;
