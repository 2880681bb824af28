package dev.automationengine.connectors.http;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them: what a test does not name has its default. */
public final class OutboundSettings {
    private OutboundSettings() {}

    /** Settings by their names without {@code engine.outbound}, in pairs. */
    public static OutboundProperties of(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("engine.outbound." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("engine.outbound", OutboundProperties.class);
    }
}
