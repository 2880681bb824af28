/** The one HTTP client for calls to the world: guarded, bounded, timed. */
@NullMarked
package dev.automationengine.connectors.http;

import org.jspecify.annotations.NullMarked;
