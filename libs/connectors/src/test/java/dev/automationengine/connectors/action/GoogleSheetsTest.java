package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.GoogleAccounts;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google Sheets against the strict simulator. */
class GoogleSheetsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(NOW);
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0, CLOCK::get);
    private static final String KEY = "exec_1:step_2";

    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(),
            new OutboundHttp(
                    OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                    new SimpleMeterRegistry()),
            Map.of(
                    "google_sheets_url", SIMULATOR.url(Vendor.GOOGLE).toString(),
                    "google_token_url", SIMULATOR.url(Vendor.GOOGLE).toString()),
            CLOCK::get);
    private final Credential account =
            credential(Map.of("service_account_key", GoogleAccounts.keyFile("https://elsewhere.example/token")));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        CLOCK.set(NOW);
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private static Credential credential(Map<String, String> secrets) {
        return new Credential(CredentialId.random(), OrgId.random(), "google_sheets", "Sheets", Map.of(), secrets);
    }

    private ActionResult run(String action, Credential credential, boolean inDoubt, Map<String, Object> more) {
        Map<String, @Nullable Object> input =
                new HashMap<>(Map.of("spreadsheet_id", DemoAccounts.SPREADSHEET, "sheet", DemoAccounts.SHEET));
        input.putAll(more);
        return runner.run(
                new ActionCall(credential.org(), KEY, action, input, credential, Duration.ofSeconds(10), inDoubt));
    }

    private ActionResult append(boolean inDoubt) {
        return run(
                "SHEETS_APPEND_ROW",
                account,
                inDoubt,
                Map.of("values", Map.of("Name", "Joe", "Phone", "+16505551234"), "key_column", "Key"));
    }

    private static List<List<String>> rows() {
        return SIMULATOR.googleSheets().rows(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET);
    }

    private static ActionResult.Failed failed(ActionResult result) {
        assertThat(result).isInstanceOf(ActionResult.Failed.class);
        assertThat(result.toString()).doesNotContain("ya29.", "PRIVATE KEY");
        return (ActionResult.Failed) result;
    }

    @Test
    void no_text_becomes_a_formula_or_loses_its_plus() {
        run("SHEETS_APPEND_ROW", account, false, Map.of("values", List.of("=HYPERLINK(\"x\")", "+16505551234", 7)));
        run("SHEETS_UPDATE_ROW", account, false, Map.of("row", 2, "values", Map.of("Email", "=1+1")));
        assertThat(rows().get(1)).containsExactly("=HYPERLINK(\"x\")", "+16505551234", "=1+1");
    }

    @Test
    void an_append_whose_answer_was_lost_is_found_by_its_key_and_not_repeated() {
        assertThat(runner.effect("SHEETS_APPEND_ROW", Map.of("key_column", "Key")))
                .isEqualTo(EffectMode.VERIFIABLE);
        assertThat(runner.effect("SHEETS_APPEND_ROW", Map.of())).isEqualTo(EffectMode.UNSAFE);
        SIMULATOR
                .faults()
                .add(Vendor.GOOGLE, Fault.lostResponse().matching(":append").times(1));
        assertThat(failed(append(false)).outcomeUnknown()).isTrue();
        assertThat(append(true)).isEqualTo(new ActionResult.Succeeded(Map.of("row", 2), 200));
        assertThat(rows()).hasSize(2);
        assertThat(rows().get(1)).containsExactly(KEY, "Joe", "", "+16505551234");
    }

    @Test
    void an_append_that_never_arrived_is_made() {
        SIMULATOR.faults().add(Vendor.GOOGLE, Fault.reset().matching(":append").times(1));
        assertThat(failed(append(false)).outcomeUnknown()).isTrue();
        assertThat(append(true)).isInstanceOf(ActionResult.Succeeded.class);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void a_read_whose_answer_is_lost_leaves_no_doubt() {
        SIMULATOR
                .faults()
                .add(Vendor.GOOGLE, Fault.lostResponse().matching("/v4/").times(1));
        assertThat(failed(append(false)).outcomeUnknown()).isFalse();
    }

    @Test
    void a_row_is_looked_up_and_updated_by_the_value_of_a_column() {
        SIMULATOR
                .googleSheets()
                .type(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET, List.of(List.of("1", "Ann"), List.of("2", "Joe")));
        Map<String, Object> where = Map.of("column", "Name", "value", "Joe");
        Map<String, Object> what = new HashMap<>(where);
        what.put("values", Map.of("Email", "joe@example.com"));
        run("SHEETS_UPDATE_ROW", account, false, what);
        assertThat(run("SHEETS_FIND_ROW", account, false, where))
                .isEqualTo(new ActionResult.Succeeded(
                        Map.of(
                                "found",
                                true,
                                "row",
                                3,
                                "values",
                                Map.of("Key", "2", "Name", "Joe", "Email", "joe@example.com", "Phone", "")),
                        200));
    }

    @Test
    void a_token_is_asked_for_once_by_many_and_again_shortly_before_its_end() throws Exception {
        SIMULATOR
                .faults()
                .add(
                        Vendor.GOOGLE,
                        Fault.slow(Duration.ofMillis(200)).matching("/token").times(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ActionResult>> runs =
                    Stream.generate(() -> threads.submit(this::find)).limit(8).toList();
            for (Future<ActionResult> run : runs) {
                assertThat(run.get()).isInstanceOf(ActionResult.Succeeded.class);
            }
        }
        assertThat(SIMULATOR.googleAccounts().granted()).isEqualTo(1);
        CLOCK.set(NOW.plus(Duration.ofMinutes(59)));
        find();
        assertThat(SIMULATOR.googleAccounts().granted()).isEqualTo(2);
    }

    private ActionResult find() {
        return run("SHEETS_FIND_ROW", account, false, Map.of("column", "Name", "value", "Joe"));
    }

    @Test
    void a_token_that_is_refused_before_its_time_is_replaced_once() {
        find();
        SIMULATOR.googleAccounts().endTokens();
        assertThat(find()).isInstanceOf(ActionResult.Succeeded.class);
        assertThat(SIMULATOR.googleAccounts().granted()).isEqualTo(2);
    }

    @Test
    void a_key_that_google_does_not_know_any_more_is_told_of() {
        SIMULATOR.googleAccounts().delete(DemoAccounts.GOOGLE_ACCOUNT);
        ActionResult.Failed failed = failed(find());
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.AUTHENTICATION);
        assertThat(failed.error().advice()).contains(DemoAccounts.GOOGLE_ACCOUNT);
    }

    @Test
    void a_key_that_is_none_is_not_quoted() {
        Credential wrong = credential(Map.of("service_account_key", "{\"private_key\":\"hush-hush\"}"));
        ActionResult.Failed failed =
                failed(run("SHEETS_FIND_ROW", wrong, false, Map.of("column", "Name", "value", "Joe")));
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.toString()).doesNotContain("hush-hush");
        assertThat(SIMULATOR.requests().count(Vendor.GOOGLE)).isZero();
    }

    @Test
    void a_spreadsheet_that_is_not_shared_names_whom_to_share_it_with() {
        SIMULATOR.googleSheets().create("1Secret", Set.of("ann@example.com"), "Leads");
        ActionResult.Failed failed = failed(run(
                "SHEETS_APPEND_ROW", account, false, Map.of("spreadsheet_id", "1Secret", "values", List.of("Joe"))));
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.AUTHENTICATION);
        assertThat(failed.error().advice()).contains("Share the spreadsheet with " + DemoAccounts.GOOGLE_ACCOUNT);
    }

    @Test
    void a_spent_quota_holds_the_connection_up() {
        SIMULATOR.googleSheets().quota(0);
        ActionResult.Failed failed = failed(append(false));
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(failed.connectionWide()).isTrue();
    }

    @Test
    void a_connection_by_consent_serves_as_well() {
        String token = SIMULATOR.oauth().consent().access();
        assertThat(run(
                        "SHEETS_APPEND_ROW",
                        credential(Map.of("access_token", token)),
                        false,
                        Map.of("values", List.of("1", "Joe"))))
                .isInstanceOf(ActionResult.Succeeded.class);
        assertThat(SIMULATOR.googleAccounts().granted()).isZero();
    }
}
