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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests of this library against the simulated third parties. */
class ActionRunnerTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final OrgId ORG = OrgId.random();
    private static final String JOB = "exec_1:step_2";

    private final OutboundHttp http = new OutboundHttp(
            OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"), new SimpleMeterRegistry());
    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(), http, Map.of("graph_url", SIMULATOR.graphUrl().toString()), InstantSource.system());

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    @Test
    void crm_insert_makes_a_contact_and_keeps_its_id() {
        ActionResult.Succeeded done = succeeded("CRM_INSERT", contact("joe@example.com"), crm());
        assertThat(done.httpStatus()).isEqualTo(201);
        assertThat(done.output().get("id")).asString().startsWith("c_");
        assertThat(SIMULATOR.effects().contacts())
                .singleElement()
                .satisfies(contact -> assertThat(contact.idempotencyKey()).isEqualTo(JOB));
    }

    @Test
    void crm_insert_twice_makes_one_contact() {
        succeeded("CRM_INSERT", contact("joe@example.com"), crm());
        succeeded("CRM_INSERT", contact("joe@example.com"), crm());
        assertThat(SIMULATOR.effects().contacts()).hasSize(1);
    }

    @Test
    void a_throttled_call_tells_when_to_come_back() {
        SIMULATOR.faults().add(Vendor.CRM, Fault.tooManyRequests(Duration.ofSeconds(7)));
        ActionResult.Failed failed = failed("CRM_INSERT", contact("joe@example.com"), crm());
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failed.outcomeUnknown()).isFalse();
    }

    @Test
    void a_wrong_key_is_an_authentication_error_that_does_not_show_the_key() {
        Credential wrong = credential(
                "crm_http", Map.of("base_url", SIMULATOR.crmUrl().toString()), Map.of("api_key", "wrong-secret-key"));
        ActionResult.Failed failed = failed("CRM_INSERT", contact("joe@example.com"), wrong);
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.AUTHENTICATION);
        assertThat(failed.toString()).doesNotContain("wrong-secret-key");
    }

    @Test
    void an_html_page_of_an_edge_server_is_an_outage() {
        SIMULATOR.faults().add(Vendor.CRM, Fault.htmlBadGateway());
        ActionResult.Failed failed = failed("CRM_INSERT", contact("joe@example.com"), crm());
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.OUTAGE);
        assertThat(failed.error().code()).isEqualTo("http_502");
    }

    @Test
    void a_private_base_url_is_a_configuration_error() {
        Credential inward = credential("crm_http", Map.of("base_url", "http://10.0.0.1"), Map.of("api_key", "k"));
        ActionResult.Failed failed = failed("CRM_INSERT", contact("joe@example.com"), inward);
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.error().code()).isEqualTo("blocked");
    }

    @ParameterizedTest
    @CsvSource({
        "190, AUTHENTICATION, new access token",
        "131005, AUTHENTICATION, permission",
        "130429, THROTTLED, slows down",
        "131056, THROTTLED, this person",
        "131000, OUTAGE, again",
        "131047, REJECTED, send a template",
        "131026, REJECTED, another channel",
        "132000, CONFIGURATION, parameters",
        "132001, CONFIGURATION, approved"
    })
    void whatsapp_errors_are_told_apart_by_their_code(int code, ErrorClass errorClass, String advice) {
        SIMULATOR.faults().add(Vendor.WHATSAPP, Fault.graphError(code, null, "(#" + code + ") simulated"));
        ActionResult.Failed failed = failed("SEND_WHATSAPP", message("Joe"), whatsApp());
        assertThat(failed.error().code()).isEqualTo(Integer.toString(code));
        assertThat(failed.error().errorClass()).isEqualTo(errorClass);
        assertThat(failed.error().advice()).contains(advice);
    }

    @Test
    void a_whatsapp_template_gives_the_message_id() {
        ActionResult.Succeeded done = succeeded("SEND_WHATSAPP", message("Joe"), whatsApp());
        assertThat(done.output().get("message_id")).asString().startsWith("wamid.");
        assertThat(done.output()).containsEntry("message_status", "accepted");
        assertThat(SIMULATOR.effects().messages())
                .singleElement()
                .satisfies(sent -> assertThat(sent.callbackData()).isEqualTo(ORG + "/" + JOB));
    }

    @Test
    void a_whatsapp_text_is_sent_within_the_window() {
        SIMULATOR.whatsApp().received("+16505551234");
        succeeded("SEND_WHATSAPP", Map.of("to", "+16505551234", "text", "Hello"), whatsApp());
        assertThat(SIMULATOR.effects().messages()).hasSize(1);
    }

    @Test
    void a_message_to_nobody_is_not_sent() {
        ActionResult.Failed failed = failed("SEND_WHATSAPP", Map.of("text", "Hello"), whatsApp());
        assertThat(failed.error().code()).isEqualTo("invalid_input");
        assertThat(SIMULATOR.requests().count(Vendor.WHATSAPP)).isZero();
    }

    @Test
    void http_request_sends_what_the_author_wrote() {
        ActionResult.Succeeded done = succeeded(
                "HTTP_REQUEST",
                Map.of(
                        "method", "POST",
                        "url", SIMULATOR.url() + "/echo/a?x=1",
                        "query", Map.of("y", "a b&c"),
                        "headers", Map.of("X-Test", "yes"),
                        "body", Map.of("n", 1)),
                credential("http_header", Map.of("header", "X-Api-Key"), Map.of("value", "header-secret")));
        assertThat(done.output()).containsEntry("status", 200);
        assertThat(SIMULATOR.requests().of(Vendor.ECHO)).singleElement().satisfies(request -> {
            assertThat(request.query()).isEqualTo("x=1&y=a%20b%26c");
            assertThat(request.body()).isEqualTo("{\"n\":1}");
            assertThat(request.headers()).containsEntry("x-test", "yes").containsEntry("idempotency-key", JOB);
        });
        // The echo tells all headers that it got, the secret one too.
        assertThat(done.toString()).contains("***").doesNotContain("header-secret");
    }

    @Test
    void the_effect_of_an_http_request_follows_its_method() {
        assertThat(runner.effect("HTTP_REQUEST", Map.of())).isEqualTo(EffectMode.IDEMPOTENT);
        assertThat(runner.effect("HTTP_REQUEST", Map.of("method", "POST"))).isEqualTo(EffectMode.UNSAFE);
        assertThat(runner.effect("HTTP_REQUEST", Map.of("method", "POST", "honours_idempotency_key", true)))
                .isEqualTo(EffectMode.KEYED);
    }

    @Test
    void a_long_answer_is_cut_in_the_output() {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(200, Map.of(), "x".repeat(200_000)));
        ActionResult.Succeeded done = succeeded("HTTP_REQUEST", Map.of("url", SIMULATOR.url() + "/echo/long"), null);
        assertThat(done.output()).containsEntry("body_truncated", true);
        assertThat(done.output().get("body")).asString().hasSize(AnswerBody.MAX_OUTPUT);
    }

    private ActionResult.Succeeded succeeded(
            String action, Map<String, @Nullable Object> input, @Nullable Credential credential) {
        return (ActionResult.Succeeded) run(action, input, credential);
    }

    private ActionResult.Failed failed(
            String action, Map<String, @Nullable Object> input, @Nullable Credential credential) {
        return (ActionResult.Failed) run(action, input, credential);
    }

    private ActionResult run(String action, Map<String, @Nullable Object> input, @Nullable Credential credential) {
        return runner.run(new ActionCall(ORG, JOB, action, input, credential, Duration.ofSeconds(5), false));
    }

    private static Map<String, @Nullable Object> contact(String email) {
        return Map.of("field_mapping", Map.of("email", email));
    }

    private static Map<String, @Nullable Object> message(String parameter) {
        return Map.of(
                "to",
                "+16505551234",
                "template",
                Map.of("name", "lead_welcome", "language", "en_US", "parameters", List.of(parameter)));
    }

    private static Credential crm() {
        return credential(
                "crm_http", Map.of("base_url", SIMULATOR.crmUrl().toString()), Map.of("api_key", DemoAccounts.CRM_KEY));
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
