package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What actions make of the state that a vendor is in: duplicates, locks, people who want nothing, limits. */
class VendorStatesTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final ActionCatalog CATALOG = ActionCatalog.load();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ActionRunner runner = new ActionRunner(
            CATALOG,
            new OutboundHttp(
                    OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                    new SimpleMeterRegistry()),
            ManifestExample.settings(CATALOG.manifests(), SIMULATOR),
            InstantSource.system());

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private ActionResult run(
            Vendor vendor, String action, Map<String, String> attributes, String secret, Map<String, Object> input) {
        OrgId org = new OrgId("org_1");
        Credential credential = new Credential(
                CredentialId.random(),
                org,
                vendor.label(),
                "Vendor",
                attributes,
                Map.of(secret, Objects.requireNonNull(DemoAccounts.KEYS.get(vendor))));
        return runner.run(
                new ActionCall(org, "exec_1:step_2", action, new HashMap<>(input), credential, MINUTE, false));
    }

    private ActionResult hubSpot(Map<String, Object> fields) {
        return run(Vendor.HUBSPOT, "HUBSPOT_UPSERT_CONTACT", Map.of(), "access_token", Map.of("field_mapping", fields));
    }

    private ActionResult salesforce(String externalId) {
        return run(
                Vendor.SALESFORCE,
                "SALESFORCE_UPSERT_RECORD",
                Map.of("instance_url", SIMULATOR.url(Vendor.SALESFORCE).toString()),
                "access_token",
                Map.of(
                        "object",
                        "Lead",
                        "external_id_field",
                        "Meta_Lead_Id__c",
                        "external_id",
                        externalId,
                        "field_mapping",
                        Map.of("LastName", "X", "Company", "X", "Email", "joe@example.com")));
    }

    private ActionResult zoho(String checked, Map<String, String> fields) {
        return run(
                Vendor.ZOHO,
                "ZOHO_UPSERT_RECORD",
                Map.of("api_domain", SIMULATOR.url(Vendor.ZOHO).toString()),
                "access_token",
                Map.of("module", "Leads", "duplicate_check_fields", List.of(checked), "field_mapping", fields));
    }

    private ActionResult telegram() {
        return run(
                Vendor.TELEGRAM,
                "TELEGRAM_SEND_MESSAGE",
                Map.of(),
                "bot_token",
                Map.of("chat_id", 123456789, "text", "Hi"));
    }

    private ActionResult slack(String channel) {
        return run(
                Vendor.SLACK,
                "SLACK_POST_MESSAGE",
                Map.of(),
                "bot_token",
                Map.of("channel", channel, "text", "New lead"));
    }

    private ActionResult sms(String to) {
        return run(
                Vendor.TWILIO,
                "SEND_SMS",
                Map.of("account_sid", DemoAccounts.TWILIO_ACCOUNT),
                "auth_token",
                Map.of("to", to, "from", "+14155552345", "body", "Hi"));
    }

    private ActionResult mail(String from) {
        return run(
                Vendor.SENDGRID,
                "SENDGRID_SEND_EMAIL",
                Map.of(),
                "api_key",
                Map.of(
                        "to",
                        "joe@example.com",
                        "from",
                        from,
                        "subject",
                        "Hi",
                        "content",
                        List.of(Map.of("type", "text/plain", "value", "Hi"))));
    }

    private ActionResult pipedrive() {
        return run(
                Vendor.PIPEDRIVE,
                "PIPEDRIVE_UPSERT_PERSON",
                Map.of(),
                "api_token",
                Map.of("field_mapping", Map.of("name", "Joe", "email", "joe@example.com")));
    }

    private static void assertDone(ActionResult result) {
        assertThat(result).isInstanceOf(ActionResult.Succeeded.class);
    }

    private static ActionResult.Failed assertFailed(ActionResult result, ErrorClass errorClass, String code) {
        assertThat(result).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.error().errorClass()).as("%s", failed).isEqualTo(errorClass);
            assertThat(failed.error().code()).isEqualTo(code);
            assertThat(failed.error().advice()).isNotBlank();
            assertThat(failed.outcomeUnknown()).isFalse();
        });
        return (ActionResult.Failed) result;
    }

    @Test
    void a_hubspot_contact_whose_lead_id_another_has_is_refused_within_207() {
        assertDone(hubSpot(Map.of("email", "joe@example.com", "fb_lead_id", "7")));

        ActionResult.Failed failed = assertFailed(
                hubSpot(Map.of("email", "ann@example.com", "fb_lead_id", "7")), ErrorClass.REJECTED, "CONFLICT");

        assertThat(failed.error().httpStatus()).isEqualTo(207);
        assertThat(SIMULATOR.effects().kept(Vendor.HUBSPOT)).hasSize(1);
    }

    @Test
    void hubspot_too_fast_waits_ten_seconds_for_the_whole_connection() {
        SIMULATOR.callRates().allow(Vendor.HUBSPOT, MINUTE, 1);
        assertDone(hubSpot(Map.of("email", "joe@example.com")));

        ActionResult.Failed failed =
                assertFailed(hubSpot(Map.of("email", "ann@example.com")), ErrorClass.THROTTLED, "TEN_SECONDLY_ROLLING");

        assertThat(failed.connectionWide()).isTrue();
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void salesforce_duplicates_and_several_records_are_refused_and_locks_are_waited_for() {
        SIMULATOR.salesforce().add("1", "a@example.com");
        SIMULATOR.salesforce().add("1", "b@example.com");
        assertFailed(salesforce("1"), ErrorClass.REJECTED, "http_300");

        SIMULATOR.salesforce().add("2", "joe@example.com");
        SIMULATOR.salesforce().duplicateRule(true);
        assertFailed(salesforce("3"), ErrorClass.REJECTED, "DUPLICATES_DETECTED");

        SIMULATOR.salesforce().lock("2");
        assertThat(assertFailed(salesforce("2"), ErrorClass.OUTAGE, "UNABLE_TO_LOCK_ROW")
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(2));
        SIMULATOR.salesforce().unlock("2");
        assertDone(salesforce("2"));
    }

    @Test
    void salesforce_without_calls_left_waits_though_it_says_403() {
        SIMULATOR.callRates().allow(Vendor.SALESFORCE, MINUTE, 1);
        assertDone(salesforce("1"));
        assertThat(assertFailed(salesforce("1"), ErrorClass.THROTTLED, "REQUEST_LIMIT_EXCEEDED")
                        .connectionWide())
                .isTrue();
    }

    @Test
    void zoho_refuses_a_record_within_an_answer_of_success() {
        assertDone(zoho("Email", Map.of("Last_Name", "X", "Email", "joe@example.com", "Phone", "1")));
        assertFailed(
                zoho("Phone", Map.of("Last_Name", "X", "Email", "joe@example.com", "Phone", "2")),
                ErrorClass.REJECTED,
                "DUPLICATE_DATA");
        SIMULATOR.zoho().lock("ann@example.com");
        assertFailed(
                zoho("Email", Map.of("Last_Name", "X", "Email", "ann@example.com")),
                ErrorClass.OUTAGE,
                "RECORD_LOCKED");
        SIMULATOR.callRates().allow(Vendor.ZOHO, MINUTE, 0);
        assertFailed(
                zoho("Email", Map.of("Last_Name", "X", "Email", "joe@example.com")),
                ErrorClass.THROTTLED,
                "TOO_MANY_REQUESTS");
    }

    @Test
    void who_wants_no_messages_is_no_fault_of_the_credential() {
        SIMULATOR.optOuts().add(Vendor.TELEGRAM, "123456789");
        SIMULATOR.optOuts().add(Vendor.TWILIO, "+16505551234");

        assertFailed(telegram(), ErrorClass.REJECTED, "403");
        assertFailed(sms("+16505551234"), ErrorClass.REJECTED, "21610");
        assertFailed(sms("+15005550009"), ErrorClass.REJECTED, "21614");
        assertDone(sms("+16505559999"));
    }

    @Test
    void telegram_tells_in_the_body_how_long_to_wait() {
        SIMULATOR.callRates().allow(Vendor.TELEGRAM, MINUTE, 1);
        assertDone(telegram());
        assertThat(assertFailed(telegram(), ErrorClass.THROTTLED, "429").retryAfter())
                .isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void slack_refuses_with_200_and_throttles_with_429() {
        assertFailed(slack("C2ARCHIVED"), ErrorClass.CONFIGURATION, "is_archived");
        assertFailed(slack("C3NOTINVIT"), ErrorClass.CONFIGURATION, "not_in_channel");
        SIMULATOR.callRates().allow(Vendor.SLACK, MINUTE, 1);
        assertDone(slack("C1H9RESGL"));
        assertThat(assertFailed(slack("C1H9RESGL"), ErrorClass.THROTTLED, "ratelimited")
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void twilio_and_sendgrid_throttle_with_429_and_an_unverified_sender_is_a_matter_of_the_account() {
        assertThat(((ActionResult.Failed) mail("orders@unverified.example"))
                        .error()
                        .errorClass())
                .isEqualTo(ErrorClass.AUTHENTICATION);
        SIMULATOR.callRates().allow(Vendor.TWILIO, MINUTE, 1);
        SIMULATOR.callRates().allow(Vendor.SENDGRID, MINUTE, 1);
        assertDone(sms("+16505551234"));
        assertDone(mail("orders@example.com"));
        assertFailed(sms("+16505551234"), ErrorClass.THROTTLED, "20429");
        assertThat(((ActionResult.Failed) mail("orders@example.com")).error().errorClass())
                .isEqualTo(ErrorClass.THROTTLED);
    }

    @Test
    void pipedrive_without_calls_left_waits_even_if_it_answers_with_a_page() {
        SIMULATOR.pipedrive().budget(0);
        assertFailed(pipedrive(), ErrorClass.THROTTLED, "request over limit");
        assertFailed(pipedrive(), ErrorClass.THROTTLED, "request over limit");
        assertThat(((ActionResult.Failed) pipedrive()).retryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(SIMULATOR.effects().kept(Vendor.PIPEDRIVE)).isEmpty();
    }
}
