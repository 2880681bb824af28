package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A type of trigger that a connector brings: what workflows may say to be started by its events. An event finds its
 * workflows by the configuration members that it names itself, so nothing else has to know the type.
 *
 * @param type its name, in capitals
 * @param title for people
 * @param connector id of the connector
 * @param config what its configuration may say
 */
public record TriggerDescriptor(String type, String title, String connector, List<InputField> config) {
    /** Copies the fields. */
    public TriggerDescriptor {
        config = List.copyOf(config);
    }

    /** The fields as a JSON Schema (2020-12) of the trigger's {@code config}. */
    @JsonProperty("config_schema")
    public Map<String, Object> configSchema() {
        return ConfigSchema.of(config);
    }
}
