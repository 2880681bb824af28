/** The service that acts: it claims jobs, calls third parties and reports what came of it. */
@NullMarked
package dev.automationengine.worker;

import org.jspecify.annotations.NullMarked;
