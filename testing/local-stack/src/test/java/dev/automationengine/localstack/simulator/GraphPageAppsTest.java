package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphPageAppsTest extends SimulatorTestBase {
    private static final String APPS = "/graph/v26.0/" + DemoAccounts.PAGE + "/subscribed_apps";

    @Test
    void a_page_has_no_app_until_a_token_subscribes_its_own() throws Exception {
        assertThat(caller.get(APPS, "EAAPAGE").json().toString()).isEqualTo("{\"data\":[]}");

        Reply done = caller.postForm(APPS, "EAAPAGE", Map.of("subscribed_fields", "leadgen"));

        assertThat(done.at("/success").stringValue()).isEqualTo("true");
        assertThat(caller.get(APPS, "EAAPAGE").at("/data/0/id").asString()).isEqualTo(DemoAccounts.APP);
        assertThat(caller.get(APPS, "EAAPAGE").at("/data/0/subscribed_fields/0").asString())
                .isEqualTo("leadgen");
    }

    @Test
    void a_subscription_replaces_the_fields_of_that_app_and_leaves_those_of_others() throws Exception {
        server.pageApps().subscribe(DemoAccounts.PAGE, DemoAccounts.APP, Set.of("feed"));
        server.pageApps().subscribe(DemoAccounts.PAGE, "999", Set.of("feed"));

        caller.postForm(APPS, "EAAPAGE", Map.of("subscribed_fields", "leadgen"));

        assertThat(server.pageApps().of(DemoAccounts.PAGE))
                .isEqualTo(Map.of(DemoAccounts.APP, Set.of("leadgen"), "999", Set.of("feed")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "leads", "leadgen,", "leadgen, feed"})
    void fields_that_graph_does_not_know_are_refused(String fields) throws Exception {
        Reply refused = caller.postForm(APPS, "EAAPAGE", Map.of("subscribed_fields", fields));

        assertThat(refused.errorCode()).isEqualTo(100);
        assertThat(server.pageApps().of(DemoAccounts.PAGE)).isEmpty();
    }

    @Test
    void a_page_of_others_is_not_visible_and_a_dead_token_is_refused() throws Exception {
        String others = "/graph/v26.0/556/subscribed_apps";
        assertThat(caller.get(others, "EAAPAGE").at("/error/error_subcode").asInt())
                .isEqualTo(33);
        assertThat(caller.postForm(others, "EAAPAGE", Map.of("subscribed_fields", "leadgen"))
                        .at("/error/error_subcode")
                        .asInt())
                .isEqualTo(33);
        server.tokens().expire("EAAPAGE", 463);
        assertThat(caller.get(APPS, "EAAPAGE").errorCode()).isEqualTo(190);
    }
}
