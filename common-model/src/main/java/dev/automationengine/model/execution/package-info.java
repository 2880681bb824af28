/** Work and its outcome: what a worker is given, what it reports, and what people read about it. */
@NullMarked
package dev.automationengine.model.execution;

import org.jspecify.annotations.NullMarked;
