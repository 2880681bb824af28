package dev.automationengine.trigger.meta.app;

import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sees to it that Meta sends the app's webhooks here. What is missing is added to what there is; a subscription that leads
 * elsewhere is somebody's decision: it is told of and left as it is, since an app has one callback for all pages. Several
 * replicas may do it at once, it is the same each time.
 */
@Component
class AppSubscription implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(AppSubscription.class);
    private static final String LEADS = "leadgen";
    private static final Duration NEVER = Duration.ofDays(1);

    private final AppCalls graph;
    private final AppProperties app;
    private volatile boolean subscribed;
    private String said = "";

    AppSubscription(AppCalls graph, AppProperties app, MeterRegistry meters) {
        this.graph = graph;
        this.app = app;
        if (app.managed()) {
            Gauge.builder("engine.meta.app.subscribed", this, self -> self.subscribed ? 1 : 0)
                    .description("Whether Meta sends the app's webhooks for leads here, as last seen")
                    .register(meters);
        }
    }

    @Override
    public String name() {
        return "meta-app-subscription";
    }

    @Override
    public Duration round() {
        if (!app.managed()) {
            return NEVER;
        }
        String state = reconcile();
        subscribed = state.equals("subscribed");
        if (!state.equals(said)) {
            said = state;
            tell(state);
        }
        return subscribed ? app.appCheck() : app.appRetry();
    }

    private void tell(String state) {
        if (subscribed) {
            log.info("Meta sends webhooks for leads to {}", app.callbackUrl());
        } else {
            log.warn("Meta does not send webhooks for leads to {}: {}", app.callbackUrl(), state);
        }
    }

    private String reconcile() {
        return switch (graph.read()) {
            case AppCalls.Answer.Refused(String code) -> code;
            case AppCalls.Answer.Told(JsonNode body) when !body.path("data").isArray() -> "graph_unreadable";
            case AppCalls.Answer.Told(JsonNode body) -> {
                JsonNode pages = body.path("data")
                        .valueStream()
                        .filter(each -> each.path("object").asString("").equals("page"))
                        .findFirst()
                        .orElse(body.path("none"));
                yield reconcile(pages);
            }
        };
    }

    private String reconcile(JsonNode pages) {
        String callback = String.valueOf(app.callbackUrl());
        if (!pages.isMissingNode() && !pages.path("callback_url").asString("").equals(callback)) {
            return "other_callback";
        }
        Set<String> fields = new TreeSet<>();
        pages.path("fields").forEach(field -> fields.add(field.path("name").asString("")));
        fields.remove("");
        boolean complete = !fields.add(LEADS);
        if (complete && pages.path("active").asBoolean(true)) {
            return "subscribed";
        }
        return switch (graph.subscribe(callback, fields)) {
            case AppCalls.Answer.Refused(String code) -> code;
            // A boolean, or, as Meta's documentation shows it, a text.
            case AppCalls.Answer.Told(JsonNode done) ->
                done.path("success").asString("").equals("true") ? "subscribed" : "graph_unreadable";
        };
    }
}
