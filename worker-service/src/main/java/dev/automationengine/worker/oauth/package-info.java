/** Connections by OAuth 2.0: consent, tokens that are renewed once for the whole fleet, and what is broken. */
@NullMarked
package dev.automationengine.worker.oauth;

import org.jspecify.annotations.NullMarked;
