package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a throttled action waits, and what else has to wait with it. */
class ThrottledAnswersTest {
    private static final OrgId ORG = OrgId.random();
    private static final Map<String, @Nullable Object> TEXT = Map.of("to", "+16505551234", "text", "Hello");

    private final SimulatorServer simulator = SimulatorServer.start(0);
    private final OutboundHttp http = new OutboundHttp(
            OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"), new SimpleMeterRegistry());
    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(), http, Map.of("graph_url", simulator.graphUrl().toString()), InstantSource.system());

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    @Test
    void retry_after_holds_for_the_whole_connection() {
        simulator.faults().add(Vendor.CRM, Fault.tooManyRequests(Duration.ofSeconds(7)));
        ActionResult.Failed failed = run(
                "CRM_INSERT",
                Map.of("field_mapping", Map.of("email", "joe@example.com")),
                credential(
                        "crm_http",
                        Map.of("base_url", simulator.crmUrl().toString()),
                        Map.of("api_key", DemoAccounts.CRM_KEY)));
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failed.connectionWide()).isTrue();
    }

    @Test
    void a_call_without_credential_says_nothing_of_other_hosts() {
        simulator.faults().add(Vendor.ECHO, Fault.tooManyRequests(Duration.ofSeconds(7)));
        ActionResult.Failed failed = run("HTTP_REQUEST", Map.of("url", simulator.url() + "/echo/x"), null);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failed.connectionWide()).isFalse();
    }

    @Test
    void the_pair_rate_of_whatsapp_is_about_one_person_only() {
        simulator.faults().add(Vendor.WHATSAPP, Fault.throttle(131056));
        ActionResult.Failed failed = run("SEND_WHATSAPP", TEXT, whatsApp());
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(failed.connectionWide()).isFalse();
    }

    @Test
    void the_business_limit_of_meta_says_in_how_many_minutes_it_ends() {
        simulator.faults().add(Vendor.WHATSAPP, Fault.throttle(80008));
        ActionResult.Failed failed = run("SEND_WHATSAPP", TEXT, whatsApp());
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(failed.connectionWide()).isTrue();
    }

    @Test
    void an_outage_holds_nothing() {
        simulator.faults().add(Vendor.WHATSAPP, Fault.graphError(131057, null, "(#131057) maintenance"));
        ActionResult.Failed failed = run("SEND_WHATSAPP", TEXT, whatsApp());
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(failed.connectionWide()).isFalse();
    }

    @Test
    void a_good_answer_that_spent_the_budget_asks_for_rest() {
        simulator.whatsApp().received("+16505551234");
        simulator.faults().add(Vendor.WHATSAPP, Fault.headers(Map.of("X-App-Usage", "{\"call_count\":96}")));
        assertThat(((ActionResult.Succeeded) attempt("SEND_WHATSAPP", TEXT, whatsApp())).rest())
                .isEqualTo(Duration.ofMinutes(1));

        simulator.faults().clear();
        assertThat(((ActionResult.Succeeded) attempt("SEND_WHATSAPP", TEXT, whatsApp())).rest())
                .isNull();
    }

    @Test
    void a_spent_budget_of_a_call_without_credential_says_nothing_of_other_hosts() {
        simulator.faults().add(Vendor.ECHO, Fault.headers(Map.of("RateLimit", "\"burst\";r=0;t=9")));
        Map<String, @Nullable Object> input = Map.of("url", simulator.url() + "/echo/x");
        assertThat(((ActionResult.Succeeded) attempt("HTTP_REQUEST", input, null)).rest())
                .isNull();
    }

    private ActionResult.Failed run(
            String action, Map<String, @Nullable Object> input, @Nullable Credential credential) {
        return (ActionResult.Failed) attempt(action, input, credential);
    }

    private ActionResult attempt(String action, Map<String, @Nullable Object> input, @Nullable Credential credential) {
        return runner.run(new ActionCall(ORG, "exec_1:a", action, input, credential, Duration.ofSeconds(5), false));
    }

    private static Credential whatsApp() {
        return credential(
                "whatsapp",
                Map.of("phone_number_id", DemoAccounts.PHONE_NUMBER_ID),
                Map.of("access_token", DemoAccounts.WHATSAPP_TOKEN));
    }

    private static Credential credential(String kind, Map<String, String> attributes, Map<String, String> secrets) {
        return new Credential(CredentialId.random(), ORG, kind, "test", attributes, secrets);
    }
}
