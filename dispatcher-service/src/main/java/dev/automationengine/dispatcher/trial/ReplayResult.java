package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event in a replay.
 *
 * @param eventId the event
 * @param outcome in a word
 * @param executionId the execution that it is compared with, or that was started; absent: none
 * @param was how the execution ended
 * @param would how it would end
 * @param differences which steps would end otherwise
 * @param error why the event could not be taken up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayResult(
        EventId eventId,
        Outcome outcome,
        @Nullable ExecutionId executionId,
        @Nullable String was,
        @Nullable String would,
        List<Change> differences,
        @Nullable String error) {
    /** Names of steps begin with a letter. */
    private static final Pattern INDEX = Pattern.compile("/\\d+/");

    /** The most steps of which a difference is kept. */
    static final int MAX_CHANGES = 100;

    /** Copies the list. */
    ReplayResult {
        differences = List.copyOf(differences);
    }

    /** What became of it. */
    enum Outcome {
        /** The same would have become of it. */
        @JsonProperty("same")
        SAME,
        /** Something else would have become of it. */
        @JsonProperty("different")
        DIFFERENT,
        /** Nothing is known of an execution of it. */
        @JsonProperty("no_record")
        NO_RECORD,
        /** Its execution has not ended. */
        @JsonProperty("unfinished")
        UNFINISHED,
        /** An execution was started. */
        @JsonProperty("started")
        STARTED,
        /** It could not be taken up. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * A step that would end otherwise.
     *
     * @param step the step; {@code *} is the whole execution; within what a step started {@code STEP/INDEX/...}
     * @param was how it ended; {@code absent}: the version that ran has no such step, or the list had no such item
     * @param would how it would end; {@code absent}: this version has no such step, or the list no such item
     */
    record Change(String step, String was, String would) {
        /** The same for all items of a list. */
        Change ofAnyItem() {
            return new Change(INDEX.matcher(step).replaceAll("/"), was, would);
        }
    }
}
