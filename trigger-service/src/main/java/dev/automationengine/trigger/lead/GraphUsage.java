package dev.automationengine.trigger.lead;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records how much of its allowance Graph says is used, in percent: {@code engine.graph.usage}, tag {@code bucket}.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Rate Limits</a>
 */
@Component
class GraphUsage {
    private static final String METRIC = "engine.graph.usage";
    private static final String BUCKET = "bucket";
    private static final String LEADGEN = "leadgen";

    private final JsonMapper json;
    private final MeterRegistry meters;

    GraphUsage(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    /** Records what an answer's headers tell; most answers tell nothing. */
    void record(Map<String, String> headers) {
        JsonNode app = parse(headers.get("x-app-usage"));
        if (!app.isEmpty()) {
            meters.summary(METRIC, BUCKET, "app").record(percent(app));
        }
        // An object whose members are businesses, each with a list of usages.
        for (JsonNode business : parse(headers.get("x-business-use-case-usage"))) {
            for (JsonNode usage : business) {
                if (usage.path("type").asString("").equals(LEADGEN)) {
                    meters.summary(METRIC, BUCKET, LEADGEN).record(percent(usage));
                }
            }
        }
    }

    /** Whichever limit is nearest counts. */
    private static double percent(JsonNode usage) {
        return Stream.of("call_count", "total_cputime", "total_time")
                .mapToDouble(member -> usage.path(member).asDouble(0))
                .max()
                .orElse(0);
    }

    private JsonNode parse(@Nullable String header) {
        try {
            return json.readTree(header == null ? "{}" : header);
        } catch (JacksonException e) {
            // A header that we cannot read tells nothing; the answer holds all the same.
            return json.createObjectNode();
        }
    }
}
