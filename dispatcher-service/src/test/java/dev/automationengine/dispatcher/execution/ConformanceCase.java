package dev.automationengine.dispatcher.execution;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A workflow, what happens to it, and what has to come out.
 *
 * @param workflow the definition, as an author sends it
 * @param now when the event arrives; null: 2026-11-23T10:00:00Z
 * @param event what the steps read as {@code trigger}
 * @param answers by step: {@code {"output": {...}}}, {@code {"error": {"code", "message"}}}, {@code "times_out"} for a
 *     step that waits, or {@code "waits"}, which is no answer at all; a step that is not named answers {@code {}}
 * @param expect what has to come out
 */
@JsonIgnoreProperties("name")
record ConformanceCase(
        Map<String, Object> workflow,
        @Nullable Instant now,
        Map<String, Object> event,
        @Nullable Map<String, JsonNode> answers,
        Expected expect) {
    /**
     * What has to come out; what is not said is not looked at.
     *
     * @param status of the execution
     * @param steps the status of every step
     * @param inputs by step: what the worker was given
     * @param outputs by step: what later steps read
     * @param errors by step: the message of its error
     * @param due by step: until when it waits
     * @param dead_letters the steps of which people are told, in the order of the workflow
     */
    record Expected(
            @Nullable String status,
            @Nullable Map<String, String> steps,
            @Nullable Map<String, JsonNode> inputs,
            @Nullable Map<String, JsonNode> outputs,
            @Nullable Map<String, String> errors,
            @Nullable Map<String, Instant> due,
            @Nullable List<String> dead_letters) {}
}
