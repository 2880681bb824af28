/** Meta's webhooks: the handshake, the signature, the deliveries. */
@NullMarked
package dev.automationengine.trigger.meta;

import org.jspecify.annotations.NullMarked;
