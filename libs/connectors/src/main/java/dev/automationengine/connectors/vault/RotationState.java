package dev.automationengine.connectors.vault;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How far the pass over all organizations is.
 *
 * @param goal what it brings about: the newest master key, and which data keys are too old
 * @param after the last organization that is done; empty at the start
 * @param counts what was done
 * @param startedAt when the pass began
 * @param completedAt when it ended; null while it goes on
 */
record RotationState(
        String goal,
        String after,
        RotationCounts counts,
        Instant startedAt,
        @Nullable Instant completedAt) {
    static RotationState of(Document document) {
        Date completed = document.getDate("completed_at");
        return new RotationState(
                document.getString("goal"),
                document.getString("after"),
                new RotationCounts(
                        number(document, "wrapped"), number(document, "encrypted"), number(document, "failed")),
                document.getDate("started_at").toInstant(),
                completed == null ? null : completed.toInstant());
    }

    static RotationState start(String goal, Instant now) {
        return new RotationState(goal, "", RotationCounts.NONE, now, null);
    }

    RotationState done(String org, RotationCounts more) {
        return new RotationState(goal, org, counts.plus(more), startedAt, null);
    }

    RotationState completed(Instant now) {
        return new RotationState(goal, after, counts, startedAt, now);
    }

    private static long number(Document document, String member) {
        return document.get(member) instanceof Number number ? number.longValue() : 0;
    }
}
