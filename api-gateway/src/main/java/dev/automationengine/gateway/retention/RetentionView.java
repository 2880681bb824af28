package dev.automationengine.gateway.retention;

import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.RetentionSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long an organization keeps its data.
 *
 * @param days what it has said, for each collection; of those that are not named the installation says
 * @param least the fewest days that it may say, for each collection
 * @param most the most days that its plan allows
 * @param changedAt when it said so last; absent: never
 */
record RetentionView(
        Map<String, Integer> days,
        Map<String, Integer> least,
        int most,
        @Nullable Instant changedAt) {
    static RetentionView of(RetentionSettings settings, int most) {
        Map<String, Integer> days = new LinkedHashMap<>();
        Map<String, Integer> least = new LinkedHashMap<>();
        Arrays.stream(Kept.values()).forEach(kept -> {
            least.put(kept.collection(), kept.leastDays());
            Integer said = settings.days().get(kept);
            if (said != null) {
                days.put(kept.collection(), said);
            }
        });
        return new RetentionView(days, least, most, settings.changedAt());
    }
}
