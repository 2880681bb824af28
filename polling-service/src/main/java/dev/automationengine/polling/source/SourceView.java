package dev.automationengine.polling.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a look at a source.
 *
 * @param workflowId the workflow whose trigger names it
 * @param source its name; null before the first look
 * @param nextAt earliest start of the next look
 * @param lastRunAt end of the last look; null before the first
 * @param lastFound records that were new at the last look that succeeded
 * @param lastError code of the last look's failure; null if it did not fail
 * @param advice what to do about it; null: nothing
 * @param failures failures since the last success
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceView(
        String workflowId,
        @Nullable String source,
        Instant nextAt,
        @Nullable Instant lastRunAt,
        int lastFound,
        @Nullable String lastError,
        @Nullable String advice,
        int failures) {
    static SourceView of(SourceState state) {
        return new SourceView(
                state.workflowId(),
                state.source(),
                state.nextAt(),
                state.lastRunAt(),
                state.lastFound(),
                state.lastError(),
                state.advice(),
                state.failures());
    }
}
