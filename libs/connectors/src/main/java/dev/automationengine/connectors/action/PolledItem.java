package dev.automationengine.connectors.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a source has.
 *
 * @param key what the source knows it by, at most {@value #LONGEST_KEY} characters
 * @param version what changes when it changes; null: a change does not make it new
 * @param changed its place in the source's order of time, an instant; null where the source has none
 * @param created when it came to be, an instant: what came to be before the first look is no news; null: its change counts
 * @param data what the workflow gets
 */
public record PolledItem(
        String key,
        @Nullable String version,
        @Nullable String changed,
        @Nullable String created,
        Map<String, @Nullable Object> data) {
    /** Most characters of a key; a longer one is no key. */
    public static final int LONGEST_KEY = 1_000;

    /** Copies the data, keeping its order. */
    // Not compact: javac leaves the annotation inside of Map<> out of a compact constructor's class file.
    public PolledItem(
            String key,
            @Nullable String version,
            @Nullable String changed,
            @Nullable String created,
            Map<String, @Nullable Object> data) {
        this.key = key;
        this.version = version;
        this.changed = changed;
        this.created = created;
        this.data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** The item and its version in one text: the same text is the same news. */
    public String identity() {
        return version == null ? key : key + "@" + version;
    }
}
