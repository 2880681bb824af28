package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who made a version the one that runs.
 *
 * @param at when
 * @param by who
 * @param note why; null if nothing was said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Publication(Instant at, String by, @Nullable String note) {}
