package dev.automationengine.polling.source;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been looked at. It moves only when Kafka has everything before it.
 *
 * @param floor what changed before is no news; null: everything is, or the source tells no times
 * @param since everything that changed before has been seen; null: the source tells no times
 * @param behind whether the last look did not see all
 * @param seen what has been seen that the next look will see again
 * @param memo what the source wants to be told
 */
record Cursor(@Nullable Instant floor, @Nullable Instant since, boolean behind, Seen seen, Map<String, String> memo) {
    Cursor {
        memo = Map.copyOf(memo);
    }
}
