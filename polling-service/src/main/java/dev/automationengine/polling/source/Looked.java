package dev.automationengine.polling.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look that succeeded leaves behind.
 *
 * @param cursor how far it came
 * @param fresh records that were new, and are in Kafka
 * @param more whether there is more to be seen at once
 * @param rest how long the connection's budget is spent; null: it is not
 */
record Looked(
        Cursor cursor, int fresh, boolean more, @Nullable Duration rest) {}
