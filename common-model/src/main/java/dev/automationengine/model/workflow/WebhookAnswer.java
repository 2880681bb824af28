package dev.automationengine.model.workflow;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** When a webhook's caller is answered: member {@code respond} of the trigger's configuration. */
public sealed interface WebhookAnswer {
    /** The longest wait: below the 30 s that the gateway gives a service. */
    Duration LONGEST = Duration.ofSeconds(25);

    /** As soon as the call is stored, with the ids of what follows. */
    record AtOnce() implements WebhookAnswer {}

    /**
     * With the outcome of the execution.
     *
     * @param within how long the caller waits at most; then it is answered as at once
     */
    record Result(Duration within) implements WebhookAnswer {}

    /**
     * Reads the member {@code respond} of a webhook's configuration.
     *
     * @param config the trigger's configuration
     * @param findings gets what is wrong: a JSON pointer from the configuration's root, and the reason with the mend
     */
    static WebhookAnswer read(Map<String, ? extends @Nullable Object> config, BiConsumer<String, String> findings) {
        Object json = config.get("respond");
        if (json == null || json.equals("at_once")) {
            return new AtOnce();
        }
        if (json instanceof Map<?, ?> members
                && Set.of("with", "within").equals(members.keySet())
                && "result".equals(members.get("with"))
                && members.get("within") instanceof String within) {
            try {
                Duration limit = Duration.parse(within);
                if (limit.isPositive() && limit.compareTo(LONGEST) <= 0) {
                    return new Result(limit);
                }
            } catch (DateTimeParseException e) {
                // Told below, as a duration that is out of bounds is.
            }
            findings.accept("/respond/within", "must be a duration such as PT10S, up to " + LONGEST);
        } else {
            findings.accept("/respond", "must be \"at_once\" or {\"with\": \"result\", \"within\": \"PT10S\"}");
        }
        return new AtOnce();
    }
}
