package dev.automationengine.polling.poll;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a form's sweeping.
 *
 * @param formId Meta's id of the form
 * @param nextAt earliest start of the next sweep
 * @param sweptUntil leads sent before this time are not missed any more; null before the first success
 * @param lastRunAt end of the last sweep; null before the first
 * @param lastFound leads that it saw; most were known already
 * @param lastError code of its failure, for instance {@code graph_190_463}; null if it did not fail
 * @param failures failures since the last success
 * @param webhook whether Meta tells of the page's leads; null where subscriptions are not managed, or not asked for yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PollView(
        String formId,
        Instant nextAt,
        @Nullable Instant sweptUntil,
        @Nullable Instant lastRunAt,
        int lastFound,
        @Nullable String lastError,
        int failures,
        @Nullable PageWebhook webhook) {
    static PollView of(PollState state) {
        return new PollView(
                state.formId(),
                state.nextAt(),
                state.sweptUntil(),
                state.lastRunAt(),
                state.lastFound(),
                state.lastError(),
                state.failures(),
                state.webhook());
    }
}
