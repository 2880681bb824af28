package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphAppSubscriptionsTest extends SimulatorTestBase {
    private static final String TOKEN = "77|secret";
    private static final String SUBSCRIPTIONS = "/graph/v26.0/77/subscriptions";

    @BeforeEach
    void app() {
        server.metaApps().app("77", "secret");
    }

    @Test
    void the_app_sees_its_subscription_with_its_own_token_only() throws Exception {
        server.metaApps().subscribe("77", new MetaApps.Subscription("https://a.example/meta", Set.of("leadgen"), true));

        Reply own = caller.get(SUBSCRIPTIONS, TOKEN);

        assertThat(own.at("/data/0/callback_url").asString()).isEqualTo("https://a.example/meta");
        assertThat(own.at("/data/0/fields/0/name").asString()).isEqualTo("leadgen");
        assertThat(caller.get(SUBSCRIPTIONS, "77|wrong").errorCode()).isEqualTo(190);
        assertThat(caller.get(SUBSCRIPTIONS, "EAAPAGE").errorCode()).isEqualTo(190);
        assertThat(caller.get("/graph/v26.0/78/subscriptions", "78|null").errorCode())
                .isEqualTo(190);
    }

    @ParameterizedTest
    @CsvSource({"object,user", "object,''", "fields,leads", "fields,''", "callback_url,''", "verify_token,''"})
    void what_graph_does_not_take_is_refused(String parameter, String value) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "object", "page", "fields", "leadgen", "callback_url", server.url() + "/echo", "verify_token", "v"));
        form.put(parameter, value);

        assertThat(caller.postForm(SUBSCRIPTIONS, TOKEN, form).errorCode()).isEqualTo(100);
    }

    @Test
    void a_callback_that_does_not_echo_the_challenge_is_refused() throws Exception {
        Map<String, String> form = Map.of(
                "object", "page", "fields", "leadgen", "callback_url", server.url() + "/echo", "verify_token", "v");

        assertThat(caller.postForm(SUBSCRIPTIONS, TOKEN, form).errorCode()).isEqualTo(2200);
        assertThat(server.metaApps().of("77")).isEmpty();
    }
}
