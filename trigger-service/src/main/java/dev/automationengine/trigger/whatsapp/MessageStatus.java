package dev.automationengine.trigger.whatsapp;

import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message. The recipient is left out: whoever waits for it knows the message.
 *
 * @param org who sent it, as the message itself says
 * @param phoneNumberId Meta's id of the number it was sent from
 * @param messageId Meta's id of the message
 * @param status {@code sent}, {@code delivered}, {@code read}, {@code played} or {@code failed}
 * @param at when
 * @param error why it failed: {@code code}, {@code title}, {@code details}; null if it did not
 */
record MessageStatus(
        OrgId org,
        String phoneNumberId,
        String messageId,
        String status,
        Instant at,
        @Nullable Map<String, String> error) {
    private static final Set<String> SETTLED = Set.of("delivered", "read", "played", "failed");

    /** Whether it is known now whether the person has it: {@code read} may come without {@code delivered}. */
    boolean settled() {
        return SETTLED.contains(status);
    }

    /** The same for the log of the step that sent it; empty if this engine does not know the status. */
    Optional<MessageDelivery> delivery() {
        return Arrays.stream(MessageDelivery.Status.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(status))
                .findFirst()
                .map(known -> new MessageDelivery(
                        org,
                        MessageDelivery.key(org, messageId),
                        known,
                        at,
                        error == null ? null : error.get("code"),
                        error == null ? null : error.get("details")));
    }
}
