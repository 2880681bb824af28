package dev.automationengine.dispatcher.workflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows are looked for; all that is said must hold.
 *
 * @param labels by name
 * @param text a part of the name, in any case; null: any
 * @param active whether events start executions; null: either
 * @param triggerType the type of the trigger; null: any
 */
record WorkflowFilter(
        Map<String, String> labels,
        @Nullable String text,
        @Nullable Boolean active,
        @Nullable String triggerType) {}
