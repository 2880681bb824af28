/** What Meta tells of WhatsApp messages that the engine sent. */
@NullMarked
package dev.automationengine.trigger.whatsapp;

import org.jspecify.annotations.NullMarked;
