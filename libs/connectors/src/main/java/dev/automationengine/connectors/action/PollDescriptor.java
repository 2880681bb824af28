package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source that does not call and has to be looked at: what triggers of the type POLL may name.
 *
 * @param source its name, for instance {@code http_json}
 * @param title for people
 * @param connector id of the connector
 * @param credentialKind the kind of credential that it uses; null if none
 * @param credentialRequired whether it cannot do without
 * @param byTime whether its items say when they changed, so that only changes are asked for; else all that is there is read
 *     each time
 * @param config what the trigger's {@code config.config} may say
 */
public record PollDescriptor(
        String source,
        String title,
        String connector,
        @Nullable String credentialKind,
        boolean credentialRequired,
        boolean byTime,
        List<InputField> config) {
    /** Copies the fields. */
    public PollDescriptor {
        config = List.copyOf(config);
    }

    /** The fields as a JSON Schema (2020-12) of the source's configuration. */
    @JsonProperty("config_schema")
    public Map<String, Object> configSchema() {
        return ConfigSchema.of(config);
    }
}
