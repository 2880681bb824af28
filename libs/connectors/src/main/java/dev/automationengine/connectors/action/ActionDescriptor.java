package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action is: enough for a form, for the check of a workflow and for running it.
 *
 * @param name the name that workflows use, for instance {@code CRM_INSERT}
 * @param title for people
 * @param connector the connector it belongs to
 * @param credentialKind the kind of credential that it uses; null if none
 * @param credentialRequired whether it cannot do without
 * @param effect whether it may be repeated
 * @param timeout how long one attempt may take where the workflow says nothing
 * @param input the fields of its configuration
 * @param example what it gives, for instance; empty: nobody knows
 * @param variant of which action it is a variant; null: of none
 */
public record ActionDescriptor(
        String name,
        String title,
        String connector,
        @Nullable String credentialKind,
        boolean credentialRequired,
        EffectMode effect,
        Duration timeout,
        List<InputField> input,
        Map<String, Object> example,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Variant variant) {
    /** Copies fields and example. */
    public ActionDescriptor {
        input = List.copyOf(input);
        example = Collections.unmodifiableMap(new LinkedHashMap<>(example));
    }

    /**
     * What a step may say instead of the action's own name.
     *
     * @param of an action that several third parties can perform, for instance {@code CRM_INSERT}
     * @param provider what the step's configuration names as {@code provider}
     */
    public record Variant(String of, String provider) {}

    /** The fields as a JSON Schema (2020-12) of the step's {@code config}. */
    @JsonProperty("config_schema")
    public Map<String, Object> configSchema() {
        return ConfigSchema.of(input);
    }
}
