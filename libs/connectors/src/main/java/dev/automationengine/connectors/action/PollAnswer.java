package dev.automationengine.connectors.action;

import dev.automationengine.model.execution.StepError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a look at a source gave. */
public sealed interface PollAnswer {
    /**
     * A page of what is there.
     *
     * @param items in the order of the source
     * @param next what asks for the page after this one, as {@code input.cursor.page}; null: there is none
     * @param memo what the source wants to be told at the next look, for instance an {@code etag}
     * @param rest how long the connection's budget is spent; null: it is not
     */
    record Found(
            List<PolledItem> items,
            @Nullable String next,
            Map<String, String> memo,
            @Nullable Duration rest) implements PollAnswer {
        /** Copies items and memo. */
        public Found {
            items = List.copyOf(items);
            memo = Map.copyOf(memo);
        }
    }

    /**
     * Nothing has changed since the last look.
     *
     * @param rest see {@link Found}
     */
    record Unchanged(@Nullable Duration rest) implements PollAnswer {}

    /**
     * The source could not be read.
     *
     * @param error why
     * @param retryAfter earliest time of another look, as the third party wishes; null if it said nothing
     * @param connectionWide whether that holds for all that is sent with the credential
     */
    record Failed(StepError error, @Nullable Duration retryAfter, boolean connectionWide) implements PollAnswer {}
}
