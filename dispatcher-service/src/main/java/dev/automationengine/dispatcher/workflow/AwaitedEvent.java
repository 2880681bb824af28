package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Path;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event that steps wait for, and the field by which each of them knows its own.
 *
 * @param source what brings such events, like a workflow's trigger
 * @param field where an event's payload holds the value
 */
public record AwaitedEvent(Trigger source, Path field) {
    /** The most characters of a value. */
    public static final int MAX_VALUE = 1_000;

    private static final int KEY_BYTES = 16;

    /**
     * What an event and the steps that wait for it have in common; empty if the event is of another kind, or has no such
     * value.
     */
    public Optional<String> key(AutomationEvent event) {
        return event.data().workflowId() == null
                        && source.listensTo(event.triggerType(), event.data().match())
                ? key(event.orgId(), field.resolve(event.data().payload()))
                : Optional.empty();
    }

    /** Whether such an event may come before the step that waits for it has begun, and is kept for that. */
    public boolean early() {
        return TriggerTypes.EARLY.contains(source.type());
    }

    /**
     * What a step that waits for a value has in common with the events that end its wait; a hash, because values are
     * often personal. A number equals its text.
     *
     * @return empty if the value is none that can be compared: missing, an object, a list, too long
     */
    public Optional<String> key(OrgId org, @Nullable Object value) {
        return text(value)
                .map(text -> hash(org + "\n" + source.type() + "\n" + source.selectors() + "\n" + field + "\n" + text));
    }

    private static Optional<String> text(@Nullable Object value) {
        String text = switch (value) {
            case String given -> given;
            case Boolean truth -> truth.toString();
            case Number number ->
                new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case null, default -> "";
        };
        return text.isEmpty() || text.length() > MAX_VALUE ? Optional.empty() : Optional.of(text);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
