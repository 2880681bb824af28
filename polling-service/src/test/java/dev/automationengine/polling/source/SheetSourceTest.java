package dev.automationengine.polling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.GoogleAccounts;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.workflow.WorkflowChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Rows that people type. */
class SheetSourceTest extends SourceScene {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        for (String name : List.of("google_sheets_url", "google_token_url")) {
            properties.add(
                    "engine.polling.sources.connector-settings.[" + name + "]",
                    () -> SIMULATOR.url(Vendor.GOOGLE).toString());
        }
    }

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.googleSheets().quota(10_000);
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private void account() {
        credentials.create(
                org, "google_sheets", "Sheets", Map.of(), Map.of("service_account_key", GoogleAccounts.keyFile("")));
    }

    private WorkflowChange activate(Map<String, Object> config) {
        Map<String, Object> sheet =
                new HashMap<>(Map.of("spreadsheet_id", DemoAccounts.SPREADSHEET, "sheet", DemoAccounts.SHEET));
        sheet.putAll(config);
        return activate(org, Map.of("source", "google_sheets_rows", "config", sheet), null);
    }

    private static void typed(String... row) {
        SIMULATOR.googleSheets().type(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET, List.of(List.of(row)));
    }

    @Test
    void a_row_that_is_typed_below_the_others_is_told_once() {
        account();
        typed("1", "Joe", "joe@example.com");
        WorkflowChange workflow = activate(Map.of());
        awaitLook(workflow);
        typed("2", "Ann", "ann@example.com", "+16505551234");
        awaitRecords(org, "3");
        awaitLook(workflow);
        awaitLook(workflow);

        assertThat(published.identitiesOf(org)).containsExactly("3");
        assertThat(published.of(org).getFirst().records().getFirst().data())
                .containsEntry("row", 3)
                .extracting("values")
                .isEqualTo(Map.of("Key", "2", "Name", "Ann", "Email", "ann@example.com", "Phone", "+16505551234"));
    }

    @Test
    void rows_are_known_by_their_column_and_a_column_that_is_not_there_is_told() {
        account();
        WorkflowChange workflow = activate(Map.of("key_column", "Email", "changes", true));
        awaitLook(workflow);
        typed("1", "Joe", "joe@example.com");
        typed("2", "nobody yet", "");
        typed("3", "Ann", "ann@example.com");
        await().atMost(SOON).until(() -> published.identitiesOf(org).size() == 2);
        assertThat(published.identitiesOf(org))
                .anyMatch(each -> each.startsWith("joe@example.com@"))
                .anyMatch(each -> each.startsWith("ann@example.com@"));

        WorkflowChange wrong = activate(Map.of("key_column", "No such"));
        awaitError(wrong, "invalid_input");
    }
}
