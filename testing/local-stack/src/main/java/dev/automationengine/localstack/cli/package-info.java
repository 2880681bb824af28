/** The commands behind {@code ./engine}. */
@NullMarked
package dev.automationengine.localstack.cli;

import org.jspecify.annotations.NullMarked;
