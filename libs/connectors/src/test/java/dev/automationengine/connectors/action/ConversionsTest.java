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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conversions of leads against the strict simulator. The hashes are Meta's examples, or were made with sha256sum. */
class ConversionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0, () -> NOW);
    private static final String LEAD = "233370042045345";

    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(),
            new OutboundHttp(
                    OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                    new SimpleMeterRegistry()),
            Map.of("graph_url", SIMULATOR.graphUrl().toString()),
            () -> NOW);
    private final Credential dataset = new Credential(
            CredentialId.random(),
            OrgId.random(),
            "meta_dataset",
            "Dataset",
            Map.of("dataset_id", DemoAccounts.DATASET),
            Map.of("access_token", DemoAccounts.DATASET_TOKEN));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private ActionResult run(String effectKey, Map<String, Object> more) {
        Map<String, @Nullable Object> input = new HashMap<>(Map.of("event_name", "qualified", "crm", "HubSpot"));
        input.putAll(more);
        return runner.run(new ActionCall(
                dataset.org(), effectKey, "SEND_CONVERSION", input, dataset, Duration.ofSeconds(10), false));
    }

    private List<JsonNode> sent(Map<String, Object> more) {
        assertThat(run("exec_1:step_2", more)).isInstanceOf(ActionResult.Succeeded.class);
        String body = SIMULATOR.requests().of(Vendor.CONVERSIONS).getLast().body();
        return JsonMapper.shared().readTree(body).path("data").valueStream().toList();
    }

    private String refusal(Map<String, Object> more) {
        ActionResult result = run("exec_1:step_2", more);
        assertThat(result).isInstanceOf(ActionResult.Failed.class);
        ActionResult.Failed failed = (ActionResult.Failed) result;
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(SIMULATOR.requests().of(Vendor.CONVERSIONS)).isEmpty();
        return failed.error().message();
    }

    @Test
    void a_stage_is_told_with_the_lead_and_the_time() {
        JsonNode event = sent(Map.of("lead_id", LEAD)).getFirst();

        assertThat(event.path("event_name").stringValue()).isEqualTo("qualified");
        assertThat(event.path("event_time").longValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(event.path("event_id").stringValue()).isEqualTo("lead-" + LEAD + "-qualified");
        assertThat(event.path("action_source").stringValue()).isEqualTo("system_generated");
        assertThat(event.path("user_data").path("lead_id").longValue()).isEqualTo(233370042045345L);
        assertThat(event.path("custom_data").path("event_source").stringValue()).isEqualTo("crm");
        assertThat(event.path("custom_data").path("lead_event_source").stringValue())
                .isEqualTo("HubSpot");
    }

    @Test
    void stages_that_were_passed_come_first_and_earlier() {
        List<JsonNode> events = sent(Map.of("lead_id", LEAD, "earlier_stages", List.of("initial", "contacted")));

        assertThat(events)
                .extracting(event -> event.path("event_name").stringValue())
                .containsExactly("initial", "contacted", "qualified");
        assertThat(events)
                .extracting(event -> event.path("event_time").longValue() - NOW.getEpochSecond())
                .containsExactly(-2L, -1L, 0L);
    }

    @Test
    void no_stage_is_told_as_earlier_than_its_lead() {
        List<JsonNode> events = sent(Map.of(
                "lead_id",
                LEAD,
                "earlier_stages",
                List.of("initial", "contacted"),
                "lead_created_time",
                NOW.minusSeconds(1).toString()));

        assertThat(events)
                .extracting(event -> event.path("event_time").longValue() - NOW.getEpochSecond())
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void another_execution_of_the_same_lead_does_not_count_its_stage_again() {
        run("exec_1:step_2", Map.of("lead_id", LEAD));
        run("exec_2:step_9", Map.of("lead_id", LEAD));
        run("exec_2:step_9", Map.of("person", Map.of("email", "joe@example.com")));
        run("exec_3:step_9", Map.of("person", Map.of("email", "joe@example.com")));

        assertThat(SIMULATOR.effects().kept(Vendor.CONVERSIONS))
                .containsOnlyKeys(
                        "qualified lead-" + LEAD + "-qualified",
                        "qualified exec_2:step_9-qualified",
                        "qualified exec_3:step_9-qualified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email|  John_Smith@gmail.com |em|62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
                "phone|+1 (650) 555-1212|ph|e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
                "phone|001 650 555 1212|ph|e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
                "first_name|Mary|fn|6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec",
                "country|US|country|79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
                "date_of_birth|02/16/1997|db|01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c",
                "date_of_birth|1997-02-16|db|01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c",
                "email|62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f|em"
                        + "|62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
            })
    void a_person_is_hashed_as_meta_hashes_it(String name, String value, String key, String hash) {
        JsonNode event = sent(Map.of("person", Map.of(name, value))).getFirst();

        assertThat(event.path("user_data").path(key).path(0).stringValue()).isEqualTo(hash);
        assertThat(event.path("user_data").propertyNames()).containsExactly(key);
    }

    @Test
    void places_lose_their_spaces_and_an_american_zip_its_second_part() {
        Map<String, Object> known = HashedPerson.of(Map.of("city", "new york", "zip", "94035-1234", "country", "us"));
        Map<String, Object> typed = HashedPerson.of(Map.of("city", "New York.", "zip", "94035", "country", "US"));
        Map<String, Object> british = HashedPerson.of(Map.of("zip", "SW1A 1AA", "country", "gb"));

        assertThat(typed).isEqualTo(known).hasSize(3);
        assertThat(british).isEqualTo(HashedPerson.of(Map.of("zip", "sw1a1aa", "country", "GB")));
        assertThat(HashedPerson.of(Map.of("first_name", "Valéry")))
                .isEqualTo(HashedPerson.of(Map.of("first_name", "valéry!")))
                .isNotEqualTo(HashedPerson.of(Map.of("first_name", "valery")));
    }

    @Test
    void several_values_are_all_sent_and_what_is_none_is_left_out() {
        JsonNode user = sent(Map.of(
                        "lead_id",
                        LEAD,
                        "person",
                        Map.of(
                                "email", List.of("a@example.com", "b@example.com", " A@example.com"),
                                "phone", "0176 12345678",
                                "gender", "other",
                                "date_of_birth", "soon",
                                "country", "Germany",
                                "last_name", "")))
                .getFirst()
                .path("user_data");

        assertThat(user.path("em").size()).isEqualTo(2);
        assertThat(user.propertyNames()).containsExactly("lead_id", "em");
    }

    @Test
    void what_cannot_be_told_is_refused_before_meta_hears_of_it() {
        assertThat(refusal(Map.of())).contains("lead_id", "person");
        assertThat(refusal(Map.of("person", Map.of("phone", "0176 12345678")))).contains("international");
        assertThat(refusal(Map.of("lead_id", "42"))).contains("15 to 17 digits");
        assertThat(refusal(Map.of("lead_id", LEAD, "person", Map.of("mail", "a@example.com"))))
                .contains("person.mail", "email");
        assertThat(refusal(Map.of("lead_id", LEAD, "event_time", "yesterday"))).contains("event_time");
        assertThat(refusal(Map.of("lead_id", LEAD, "event_time", 1764000000000L)))
                .contains("milliseconds");
        assertThat(refusal(Map.of("lead_id", LEAD, "earlier_stages", List.of("qualified"))))
                .contains("earlier_stages");
        assertThat(refusal(Map.of("lead_id", LEAD, "earlier_stages", List.of(""))))
                .contains("earlier_stages[0]");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T09:00:00Z", "2026-11-24T10:00:00+0100", "2026-11-24T10:00:00+01:00", "1795510800"})
    void the_time_of_a_stage_is_taken_as_graph_and_others_write_it(String time) {
        assertThat(sent(Map.of("lead_id", LEAD, "event_time", time))
                        .getFirst()
                        .path("event_time")
                        .longValue())
                .isEqualTo(Instant.parse("2026-11-24T09:00:00Z").getEpochSecond());
    }

    @Test
    void what_meta_says_to_people_is_what_the_step_tells() {
        ActionResult result = run("exec_1:step_2", Map.of("lead_id", LEAD, "event_time", "2026-01-01T00:00:00Z"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error().message()).contains("too far in the past"));
    }
}
