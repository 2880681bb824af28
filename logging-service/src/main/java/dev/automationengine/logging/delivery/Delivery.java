package dev.automationengine.logging.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.execution.MessageDelivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a message is that a step sent.
 *
 * @param status the latest that the third party told, whatever order it told it in
 * @param at when, as the third party says
 * @param errorCode the third party's code of a failure; null if there was none
 * @param errorDetails its words for that; null likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        MessageDelivery.Status status,
        Instant at,
        @Nullable String errorCode,
        @Nullable String errorDetails) {}
