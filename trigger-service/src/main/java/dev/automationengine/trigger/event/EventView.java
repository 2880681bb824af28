package dev.automationengine.trigger.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as the API shows it; lists leave the data out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
        String id,
        String type,
        String source,
        String subject,
        String triggerType,
        Instant time,
        Instant receivedAt,
        @Nullable Map<String, Object> data) {}
