package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a person stopped an execution.
 *
 * @param by who: the id of a user or an API key
 * @param at when
 * @param reason in the person's words; null if none was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cancellation(String by, Instant at, @Nullable String reason) {
    /** Most characters of a reason. */
    public static final int MAX_REASON = 500;
}
