package dev.automationengine.dispatcher.trial;

import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.StepId;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people ask for. */
final class TrialInputs {
    private static final int MAX_MOCKS = 500;

    private TrialInputs() {}

    /**
     * A test without effects.
     *
     * @param definition what to test, as an author sends it; only where no workflow is named
     * @param version which version; null: the newest
     * @param payload what the steps read as {@code trigger}; null: nothing, or the past event
     * @param eventId a past event
     * @param mocks what steps give, by their names
     * @param errors which steps fail, by their names
     * @param at when it starts; null: now
     */
    record TestInput(
            @Nullable Map<String, @Nullable Object> definition,
            @Min(1) @Nullable Integer version,
            @Nullable Map<String, @Nullable Object> payload,
            @Nullable EventId eventId,
            @Size(max = MAX_MOCKS) @Nullable Map<String, Map<String, @Nullable Object>> mocks,
            @Size(max = MAX_MOCKS) @Nullable Map<String, Mocks.Failure> errors,
            @Nullable Instant at) {
        /** Nothing is said: an empty event. */
        static final TestInput EMPTY = new TestInput(null, null, null, null, null, null, null);

        @AssertTrue(message = "payload and event_id exclude each other")
        boolean isOneEvent() {
            return payload == null || eventId == null;
        }

        Map<String, @Nullable Object> payloadOrNone() {
            return payload == null ? Map.of() : payload;
        }

        Map<String, Map<String, @Nullable Object>> mocksOrNone() {
            return mocks == null ? Map.of() : mocks;
        }

        Map<String, Mocks.Failure> errorsOrNone() {
            return errors == null ? Map.of() : errors;
        }
    }

    /**
     * A try of one step for real.
     *
     * @param step the step
     * @param version of which version; null: the newest
     * @param input what the action is given; null: its configuration, filled in from the context
     * @param context what the step reads, {@code trigger} and {@code steps}
     * @param confirmEffects that the caller knows that it happens at the third party
     */
    record StepInput(
            @NotNull StepId step,
            @Min(1) @Nullable Integer version,
            @Nullable Map<String, @Nullable Object> input,
            @Nullable Map<String, @Nullable Object> context,

            @AssertTrue(message = "must be true: what the step does is done for real")
            boolean confirmEffects) {
        Map<String, @Nullable Object> contextOrEmpty() {
            return context == null ? Map.of() : context;
        }
    }
}
