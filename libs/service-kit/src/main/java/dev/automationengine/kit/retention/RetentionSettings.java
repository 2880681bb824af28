package dev.automationengine.kit.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What an organization has said about how long its data is kept: the member {@value #MEMBER} of its document.
 *
 * @param days for each collection; of those that are not named the installation says
 * @param changedAt when it said so; null: never
 */
public record RetentionSettings(
        Map<Kept, Integer> days, @Nullable Instant changedAt) {
    /** Collection of the organizations. */
    public static final String ORGANIZATIONS = "organizations";

    /** Member of an organization's document. */
    public static final String MEMBER = "retention";

    /** Of an organization that never said anything. */
    public static final RetentionSettings NONE = new RetentionSettings(Map.of(), null);

    private static final String DAYS = "days";
    private static final String CHANGED_AT = "changed_at";

    /** Copies the map. */
    public RetentionSettings {
        days = Map.copyOf(days);
    }

    /** As it is in an organization's document. */
    public static RetentionSettings of(@Nullable Document organization) {
        if (organization == null || !(organization.get(MEMBER) instanceof Document stored)) {
            return NONE;
        }
        Map<Kept, Integer> days = new EnumMap<>(Kept.class);
        if (stored.get(DAYS) instanceof Document each) {
            // A newer service may know collections that this one does not.
            each.forEach((name, value) ->
                    Kept.named(name).ifPresent(kept -> days.put(kept, ((Number) value).intValue())));
        }
        Date changed = stored.getDate(CHANGED_AT);
        return new RetentionSettings(days, changed == null ? null : changed.toInstant());
    }

    /** The member's content. */
    public Document document() {
        Document each = new Document();
        days.forEach((kept, number) -> each.append(kept.collection(), number));
        Document document = new Document(DAYS, each);
        return changedAt == null ? document : document.append(CHANGED_AT, Date.from(changedAt));
    }

    /** How long documents of a collection are kept; empty: as the installation says. */
    public Optional<Duration> of(Kept kept) {
        return Optional.ofNullable(days.get(kept)).map(Duration::ofDays);
    }
}
