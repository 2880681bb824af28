package dev.automationengine.trigger.meta.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.MetaApps;
import dev.automationengine.localstack.simulator.RecordedRequest;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.trigger.meta.MetaProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The app's subscription, with Graph simulated, and a callback that shakes hands as the real one does. */
class AppSubscriptionTest {
    private static final String APP = "1029384756102938";
    private static final String SECRET = "app-secret";
    private static final String VERIFY = "meatyhamhock";
    private static final Duration CHECK = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpServer callback;
    private final URI callbackUrl;
    private volatile String expected = "hub.verify_token=" + VERIFY;

    AppSubscriptionTest() throws IOException {
        callback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        callbackUrl = URI.create("http://127.0.0.1:" + callback.getAddress().getPort() + "/webhooks/meta");
        callback.createContext("/webhooks/meta", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            byte[] challenge =
                    query.replaceAll(".*hub\\.challenge=([0-9]+).*", "$1").getBytes(StandardCharsets.UTF_8);
            boolean known = query.contains(expected);
            exchange.sendResponseHeaders(known ? 200 : 403, known ? challenge.length : -1);
            if (known) {
                exchange.getResponseBody().write(challenge);
            }
            exchange.close();
        });
        callback.start();
    }

    @BeforeEach
    void app() {
        SIMULATOR.reset();
        SIMULATOR.metaApps().app(APP, SECRET);
    }

    @AfterEach
    void stop() {
        callback.stop(0);
    }

    @AfterAll
    static void stopSimulator() {
        SIMULATOR.close();
    }

    @Test
    void an_app_without_a_subscription_gets_one_to_leads_with_their_values() {
        assertThat(subscription(APP, callbackUrl).round()).isEqualTo(CHECK);

        assertThat(SIMULATOR.metaApps().of(APP))
                .hasValue(new MetaApps.Subscription(callbackUrl.toString(), Set.of("leadgen"), true));
        assertThat(posts())
                .singleElement()
                .satisfies(post -> assertThat(post.body()).contains("include_values=true"));
        assertThat(gauge()).isEqualTo(1);
    }

    @Test
    void fields_that_the_app_has_besides_stay_and_one_that_meta_switched_off_is_switched_on() {
        SIMULATOR
                .metaApps()
                .subscribe(APP, new MetaApps.Subscription(callbackUrl.toString(), Set.of("feed", "messages"), false));

        subscription(APP, callbackUrl).round();

        assertThat(SIMULATOR.metaApps().of(APP))
                .hasValue(
                        new MetaApps.Subscription(callbackUrl.toString(), Set.of("feed", "leadgen", "messages"), true));
    }

    @Test
    void a_subscription_that_is_there_is_only_read() {
        SIMULATOR.metaApps().subscribe(APP, new MetaApps.Subscription(callbackUrl.toString(), Set.of("leadgen"), true));

        assertThat(subscription(APP, callbackUrl).round()).isEqualTo(CHECK);

        assertThat(posts()).isEmpty();
    }

    @Test
    void a_subscription_that_leads_elsewhere_is_left_as_it_is_and_told() {
        MetaApps.Subscription others =
                new MetaApps.Subscription("https://elsewhere.example/meta", Set.of("feed"), true);
        SIMULATOR.metaApps().subscribe(APP, others);

        assertThat(subscription(APP, callbackUrl).round()).isEqualTo(RETRY);

        assertThat(SIMULATOR.metaApps().of(APP)).hasValue(others);
        assertThat(gauge()).isZero();
    }

    @Test
    void a_callback_that_does_not_shake_hands_yet_is_tried_again() {
        AppSubscription subscription = subscription(APP, callbackUrl);
        expected = "nobody knows this";
        assertThat(subscription.round()).isEqualTo(RETRY);
        assertThat(gauge()).isZero();

        expected = "hub.verify_token=" + VERIFY;
        assertThat(subscription.round()).isEqualTo(CHECK);
        assertThat(gauge()).isEqualTo(1);
    }

    @Test
    void while_graph_is_away_nothing_is_changed() {
        SIMULATOR.faults().add(Vendor.GRAPH, Fault.htmlBadGateway());

        assertThat(subscription(APP, callbackUrl).round()).isEqualTo(RETRY);

        assertThat(posts()).isEmpty();
    }

    @Test
    void without_an_app_or_a_callback_nobody_asks_meta() {
        subscription("", callbackUrl).round();
        subscription(APP, null).round();

        assertThat(SIMULATOR.requests().of(Vendor.GRAPH)).isEmpty();
        assertThat(meters.find("engine.meta.app.subscribed").gauge()).isNull();
    }

    private AppSubscription subscription(String appId, @Nullable URI url) {
        MetaProperties meta = new MetaProperties(
                List.of(SECRET),
                VERIFY,
                SIMULATOR.graphUrl(),
                "v26.0",
                true,
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3));
        AppProperties app = new AppProperties(appId, url, CHECK, RETRY);
        OutboundHttp http = new OutboundHttp(
                OutboundProperties.toOperatorsHost(
                        Duration.ofSeconds(2), 4, DataSize.ofMegabytes(1), Duration.ofSeconds(1)),
                meters);
        return new AppSubscription(new AppCalls(http, JsonMapper.builder().build(), meta, app), app, meters);
    }

    private double gauge() {
        return meters.get("engine.meta.app.subscribed").gauge().value();
    }

    private static List<RecordedRequest> posts() {
        return SIMULATOR.requests().of(Vendor.GRAPH).stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }
}
