package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at a source. Manifests know the cursor as {@code input.cursor}: {@code since}, {@code since_s} and {@code since_ms} (the time
 * that items must have changed at or after, in full, in whole seconds, in milliseconds since 1970), {@code page}, and the memo's entries.
 *
 * @param org the organization
 * @param id of the trigger, for logs and circuit breakers
 * @param source the source's name
 * @param config the trigger's configuration of it
 * @param since items that changed before are of no interest; null: of all times
 * @param page what the answer before named; null: the first page
 * @param memo what the source wanted to be told
 * @param credential the credential; null if the source needs none
 * @param timeout how long it may take
 */
public record PollCall(
        OrgId org,
        String id,
        String source,
        Map<String, @Nullable Object> config,
        @Nullable Instant since,
        @Nullable String page,
        Map<String, String> memo,
        @Nullable Credential credential,
        Duration timeout) {
    /** Copies the maps. */
    // Not compact: javac leaves the annotation inside of Map<> out of a compact constructor's class file.
    public PollCall(
            OrgId org,
            String id,
            String source,
            Map<String, @Nullable Object> config,
            @Nullable Instant since,
            @Nullable String page,
            Map<String, String> memo,
            @Nullable Credential credential,
            Duration timeout) {
        this.org = org;
        this.id = id;
        this.source = source;
        this.config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        this.since = since;
        this.page = page;
        this.memo = Map.copyOf(memo);
        this.credential = credential;
        this.timeout = timeout;
    }

    ActionCall asAction() {
        Map<String, @Nullable Object> cursor = new HashMap<>(memo);
        cursor.put("since", since == null ? null : since.toString());
        cursor.put("since_ms", since == null ? null : Long.toString(since.toEpochMilli()));
        cursor.put(
                "since_s",
                since == null ? null : since.truncatedTo(ChronoUnit.SECONDS).toString());
        cursor.put("page", page);
        Map<String, @Nullable Object> input = new LinkedHashMap<>(config);
        input.put(PollRunner.CURSOR, cursor);
        return new ActionCall(org, id, Manifest.Poll.action(source), input, credential, timeout, false);
    }
}
