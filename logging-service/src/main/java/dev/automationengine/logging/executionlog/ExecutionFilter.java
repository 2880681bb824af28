package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which executions to list.
 *
 * @param workflowId only of this workflow; null: of all
 * @param status only in this status, as stored; null: in any
 * @param triggerType only those started by a trigger of this type; null: of any
 * @param eventId only those that this event started; null: any
 * @param from only those created then or later
 * @param to only those created before
 * @param after where the page before ended; null for the first
 */
record ExecutionFilter(
        @Nullable WorkflowId workflowId,
        @Nullable String status,
        @Nullable String triggerType,
        @Nullable EventId eventId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Position after) {
    private static final List<String> STATUSES = Stream.of(ExecutionStatus.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList();

    /**
     * Checks the status.
     *
     * @throws ProblemException if there is no such status
     */
    ExecutionFilter {
        if (status != null && !STATUSES.contains(status)) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "A parameter is not valid.",
                    List.of(new FieldError("status", "must be one of " + String.join(", ", STATUSES))));
        }
    }

    /**
     * A place in the list.
     *
     * @param createdAtMillis time of creation of the last entry seen
     * @param executionId its id
     */
    record Position(long createdAtMillis, ExecutionId executionId) {
        static String cursor(ExecutionSummary last) {
            return Cursor.encode(
                    Long.toString(last.createdAt().toEpochMilli()),
                    last.executionId().value());
        }

        static Position of(String cursor) {
            List<String> keys = Cursor.decode(cursor, 2);
            try {
                return new Position(Long.parseLong(keys.getFirst()), new ExecutionId(keys.getLast()));
            } catch (IllegalArgumentException e) {
                throw Cursor.invalid(e);
            }
        }
    }
}
