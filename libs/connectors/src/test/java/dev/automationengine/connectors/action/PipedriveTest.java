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
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Persons of Pipedrive against the strict simulator, which knows no duplicates. */
class PipedriveTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);

    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(),
            new OutboundHttp(
                    OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                    new SimpleMeterRegistry()),
            Map.of("pipedrive_url", SIMULATOR.url(Vendor.PIPEDRIVE).toString()),
            InstantSource.system());
    private final Credential company = new Credential(
            CredentialId.random(),
            OrgId.random(),
            "pipedrive",
            "Pipedrive",
            Map.of(),
            Map.of("api_token", Objects.requireNonNull(DemoAccounts.KEYS.get(Vendor.PIPEDRIVE))));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private ActionResult upsert(Map<String, Object> fields, boolean inDoubt) {
        return runner.run(new ActionCall(
                company.org(),
                "exec_1:step_2",
                "PIPEDRIVE_UPSERT_PERSON",
                Map.of("field_mapping", fields),
                company,
                Duration.ofSeconds(5),
                inDoubt));
    }

    private static Map<String, Object> joe(String name) {
        return Map.of("name", name, "email", "joe@example.com");
    }

    @Test
    void a_person_who_is_there_is_updated_and_made_but_once() {
        ActionResult first = upsert(joe("Joe"), false);
        ActionResult second = upsert(joe("Joseph"), false);

        assertThat(first).isEqualTo(new ActionResult.Succeeded(Map.of("id", 1L, "created", true), 200));
        assertThat(second).isEqualTo(new ActionResult.Succeeded(Map.of("id", 1L, "created", false), 200));
        assertThat(SIMULATOR.effects().kept(Vendor.PIPEDRIVE))
                .hasSize(1)
                .hasEntrySatisfying("1", person -> assertThat(person).contains("Joseph"));
    }

    @Test
    void an_attempt_whose_answer_was_lost_is_in_doubt_and_the_next_one_finds_what_it_made() {
        SIMULATOR
                .faults()
                .add(Vendor.PIPEDRIVE, Fault.lostResponse().matching("emails").times(1));

        assertThat(upsert(joe("Joe"), false))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.outcomeUnknown()).isTrue());
        assertThat(upsert(joe("Joe"), true)).isInstanceOf(ActionResult.Succeeded.class);
        assertThat(SIMULATOR.effects().kept(Vendor.PIPEDRIVE)).hasSize(1);
    }

    @Test
    void a_search_whose_answer_was_lost_has_changed_nothing() {
        SIMULATOR
                .faults()
                .add(Vendor.PIPEDRIVE, Fault.lostResponse().matching("search").times(1));

        assertThat(upsert(joe("Joe"), false))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.outcomeUnknown()).isFalse());
        assertThat(SIMULATOR.effects().kept(Vendor.PIPEDRIVE)).isEmpty();
    }

    @Test
    void a_page_in_the_place_of_an_answer_means_too_many_calls() {
        SIMULATOR
                .faults()
                .add(
                        Vendor.PIPEDRIVE,
                        Fault.answer(
                                        403,
                                        Map.of("Content-Type", "text/html"),
                                        "<html><body>403 Forbidden</body></html>")
                                .times(1));

        assertThat(upsert(joe("Joe"), false)).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void a_custom_field_of_another_company_is_refused() {
        ActionResult refused = upsert(
                Map.of("name", "Joe", "email", "joe@example.com", "0123456789012345678901234567890123456789", "x"),
                false);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.REJECTED));
        assertThat(SIMULATOR.effects().kept(Vendor.PIPEDRIVE)).isEmpty();
    }
}
