package dev.automationengine.logging.privacy;

import java.time.Instant;
import java.util.Locale;
import org.bson.Document;

/**
 * A document that had a person's data.
 *
 * @param collection where it lies
 * @param id its id
 * @param href where the API shows it
 * @param erased whether the data is no longer there
 * @param at when it was found, or erased
 */
record Found(String collection, String id, String href, boolean erased, Instant at) {
    static Found of(Document document) {
        String[] parts = document.getString("_id").split(":", 3);
        String root = switch (parts[1]) {
            case "executions", "execution_logs" -> "executions";
            default -> parts[1].replace('_', '-').toLowerCase(Locale.ROOT);
        };
        return new Found(
                parts[1],
                parts[2],
                "/v1/" + root + "/" + parts[2],
                document.getBoolean("erased", false),
                document.getDate("at").toInstant());
    }
}
