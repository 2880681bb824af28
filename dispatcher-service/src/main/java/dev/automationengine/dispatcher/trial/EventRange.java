package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which past events.
 *
 * @param from received at this time or later
 * @param to received before this time
 * @param type of this type; null: any
 * @param source of this source; null: any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventRange(
        Instant from,
        Instant to,
        @Nullable String type,
        @Nullable String source) {}
