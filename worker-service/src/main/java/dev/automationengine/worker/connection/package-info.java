/** What the worker knows of connections to third parties: which to leave alone, and how much room each may take. */
@NullMarked
package dev.automationengine.worker.connection;

import org.jspecify.annotations.NullMarked;
