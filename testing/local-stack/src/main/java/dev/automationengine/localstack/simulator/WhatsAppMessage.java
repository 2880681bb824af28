package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A message that WhatsApp accepted.
 *
 * @param id the {@code wamid}
 * @param to as the sender wrote it
 * @param template name of the template, empty for a text
 * @param parameters texts of the template's body, or the one text
 * @param callbackData {@code biz_opaque_callback_data}, empty if the sender gave none
 */
public record WhatsAppMessage(
        Instant at,
        String id,
        String phoneNumberId,
        String to,
        String template,
        List<String> parameters,
        String callbackData) {}
