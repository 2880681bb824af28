/** What the language costs: validation, decisions, expressions, measured by JMH. */
@NullMarked
package dev.automationengine.benchmarks.language;

import org.jspecify.annotations.NullMarked;
