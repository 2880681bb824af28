package dev.automationengine.dispatcher.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.dispatcher.deadletter.DeadLetterFilter;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore.Position;
import dev.automationengine.dispatcher.redrive.DeadLetters.Many;
import dev.automationengine.dispatcher.redrive.Redrives.Version;
import dev.automationengine.kit.page.Cursor;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers send and get about dead letters. */
final class DeadLetterInputs {
    private static final int DEFAULT_MANY = 100;
    private static final int MAX_MANY = 1000;
    private static final int MAX_REASON = 500;

    private DeadLetterInputs() {}

    static Version version(@Nullable RedriveInput input) {
        return input == null || input.version() == null ? Version.PINNED : input.version();
    }

    static String cursor(Position position) {
        return Cursor.encode(position.createdAt().toString(), position.id());
    }

    static @Nullable Position position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> keys = Cursor.decode(cursor, 2);
        try {
            return new Position(Instant.parse(keys.getFirst()), keys.getLast());
        } catch (DateTimeException e) {
            throw Cursor.invalid(e);
        }
    }

    /** How one is taken up; pinned if absent. */
    record RedriveInput(@Nullable Version version) {}

    /** Why one is let rest. */
    record DiscardInput(@NotBlank @Size(max = MAX_REASON) String reason) {}

    /**
     * Which are taken up, and how.
     *
     * @param filter all open ones if absent
     * @param version pinned if absent
     * @param limit most letters of this call; 100 if absent
     * @param cursor where the call before ended
     */
    record RedriveManyInput(
            @Valid @Nullable DeadLetterFilter filter,
            @Nullable Version version,
            @Min(1) @Max(MAX_MANY) @Nullable Integer limit,
            @Nullable String cursor) {
        DeadLetterFilter filterOrAll() {
            return filter == null ? DeadLetterFilter.ALL : filter;
        }

        Version versionOrPinned() {
            return version == null ? Version.PINNED : version;
        }

        int limitOrDefault() {
            return limit == null ? DEFAULT_MANY : limit;
        }
    }

    /**
     * Which are let rest, and why.
     *
     * @param filter all open ones if absent
     * @param reason why
     * @param limit most letters of this call; 100 if absent
     * @param cursor where the call before ended
     */
    record DiscardManyInput(
            @Valid @Nullable DeadLetterFilter filter,
            @NotBlank @Size(max = MAX_REASON) String reason,
            @Min(1) @Max(MAX_MANY) @Nullable Integer limit,
            @Nullable String cursor) {
        DeadLetterFilter filterOrAll() {
            return filter == null ? DeadLetterFilter.ALL : filter;
        }

        int limitOrDefault() {
            return limit == null ? DEFAULT_MANY : limit;
        }
    }

    /**
     * What became of many.
     *
     * @param done letters that it was done for
     * @param failures those that it could not be done for; they stay open
     * @param nextCursor for the next call; absent: no more were left
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ManyAnswer(
            int done, List<Many.Failure> failures, @Nullable String nextCursor) {
        static ManyAnswer of(Many many) {
            return new ManyAnswer(many.done(), many.failures(), many.last() == null ? null : cursor(many.last()));
        }
    }
}
