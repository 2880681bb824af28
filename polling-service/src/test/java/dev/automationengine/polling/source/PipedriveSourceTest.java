package dev.automationengine.polling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Persons in Pipedrive, which lists them by the time of their change only, to the second. */
class PipedriveSourceTest extends SourceScene {
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.now());
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0, CLOCK::get);

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        properties.add(
                "engine.polling.sources.connector-settings.[pipedrive_url]",
                () -> SIMULATOR.url(Vendor.PIPEDRIVE).toString());
        properties.add("engine.polling.sources.max-pages", () -> 2);
    }

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        CLOCK.set(Instant.now().plusSeconds(2));
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private WorkflowChange activate(Map<String, Object> trigger) {
        credentials.create(
                org,
                "pipedrive",
                "Pipedrive",
                Map.of(),
                Map.of("api_token", Objects.requireNonNull(DemoAccounts.KEYS.get(Vendor.PIPEDRIVE))));
        return activate(org, trigger, null);
    }

    private static String person() {
        return Long.toString(SIMULATOR.pipedrive().add("Joe", "joe@example.com"));
    }

    @Test
    void a_new_person_is_told_once_and_a_change_of_an_old_one_is_no_new_person() {
        CLOCK.set(Instant.now().minusSeconds(600));
        String old = person();
        WorkflowChange workflow = activate(Map.of("source", "pipedrive_persons"));
        awaitLook(workflow);
        CLOCK.set(Instant.now().plusSeconds(2));
        String fresh = person();
        awaitRecords(org, fresh);
        SIMULATOR.pipedrive().rename(Long.parseLong(old), "Old Joe");
        CLOCK.set(Instant.now().plusSeconds(300));
        SIMULATOR.pipedrive().rename(Long.parseLong(fresh), "New Joe");
        String last = person();
        awaitRecords(org, last);
        awaitLook(workflow);

        assertThat(published.identitiesOf(org)).containsOnly(fresh, last).doesNotContain(old);
        assertThat(new HashSet<>(published.identitiesOf(org))).hasSize(2);
    }

    @Test
    void a_change_is_news_where_changes_are_wanted() {
        WorkflowChange workflow = activate(Map.of("source", "pipedrive_person_changes"));
        awaitLook(workflow);
        String id = person();
        await().atMost(SOON).until(() -> published.identitiesOf(org).size() == 1);
        CLOCK.set(CLOCK.get().plusSeconds(5));
        SIMULATOR.pipedrive().rename(Long.parseLong(id), "Joseph");

        await().atMost(SOON).until(() -> published.identitiesOf(org).size() == 2);
        assertThat(published.identitiesOf(org)).doesNotHaveDuplicates().allMatch(each -> each.startsWith(id + "@"));
    }

    @Test
    void a_backfill_of_more_than_one_look_takes_comes_whole() {
        for (int i = 0; i < 1200; i++) {
            CLOCK.set(Instant.now().minusSeconds(10_000 - i * 5L));
            person();
        }
        activate(Map.of("source", "pipedrive_persons", "first", "backfill"));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(new HashSet<>(published.identitiesOf(org))).hasSize(1200));
    }
}
