package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Template;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Until when a delay lasts. Pure: the same context and time give the same end. */
public sealed interface Wait {
    /** The longest wait. */
    Duration LONGEST = Duration.ofDays(366);

    /** When it ends; empty if what it reads is no time, or one too far away. One that has passed ends it at once. */
    Optional<Instant> end(Map<String, ? extends @Nullable Object> context, Instant now);

    /**
     * So long.
     *
     * @param duration above zero
     */
    record For(Duration duration) implements Wait {
        @Override
        public Optional<Instant> end(Map<String, ? extends @Nullable Object> context, Instant now) {
            return Optional.of(now.plus(duration));
        }
    }

    /**
     * Until a time that the data names.
     *
     * @param time gives an ISO-8601 time with its offset, such as 2026-11-23T09:00:00+01:00
     */
    record Until(Template time) implements Wait {
        @Override
        public Optional<Instant> end(Map<String, ? extends @Nullable Object> context, Instant now) {
            if (!(time.render(context, now) instanceof String text)) {
                return Optional.empty();
            }
            try {
                Instant end = OffsetDateTime.parse(text.strip()).toInstant();
                return end.isAfter(now.plus(LONGEST)) ? Optional.empty() : Optional.of(end);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Until people work: at once if they do.
     *
     * @param hours when they do
     */
    record UntilWorkingHours(WorkingHours hours) implements Wait {
        @Override
        public Optional<Instant> end(Map<String, ? extends @Nullable Object> context, Instant now) {
            return Optional.of(hours.next(now));
        }
    }
}
