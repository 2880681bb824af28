package dev.automationengine.kit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What is over goes, by the clock and by what its organization says; nothing else does. */
class RetentionSweepTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration FAR = Duration.ofDays(30);

    private final String database = "retention_" + UUID.randomUUID().toString().replace("-", "");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OrgId org = OrgId.random();
    private final OrgId another = OrgId.random();
    private MongoClient client;
    private MongoTemplate mongo;
    private Instant now = START;

    @BeforeEach
    void connect() {
        client = MongoClients.create(LocalStack.shared().mongoUrl(database));
        mongo = new MongoTemplate(client, database);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void what_has_expired_goes_in_batches_whosever_it_is() {
        for (int i = 0; i < 7; i++) {
            event("soon_" + i, i % 2 == 0 ? org : another, START, Duration.ofMinutes(1));
        }
        event("later", org, START, Duration.ofMinutes(2));
        RetentionSweep sweep = sweep(Kept.EVENTS);

        sweep.sweep();
        assertThat(ids("events")).hasSize(8);

        now = START.plusSeconds(60);
        sweep.sweep();
        assertThat(ids("events")).containsExactly("later");
        assertThat(deleted("expired")).isEqualTo(7);
    }

    @Test
    void a_shorter_time_holds_for_what_was_written_before_and_only_in_its_organization() {
        for (int i = 0; i < 7; i++) {
            event("old_" + i, org, START.minus(Duration.ofDays(6)), FAR);
        }
        event("young", org, START.minus(Duration.ofDays(4)), FAR);
        event("foreign", another, START.minus(Duration.ofDays(6)), FAR);
        RetentionSweep sweep = sweep(Kept.EVENTS);
        sweep.sweep();
        assertThat(ids("events")).hasSize(9);

        says(org, Map.of(Kept.EVENTS, 5), START);
        sweep.sweep();
        assertThat(ids("events")).containsExactlyInAnyOrder("young", "foreign");
        assertThat(deleted("shortened")).isEqualTo(7);

        now = START.plus(Duration.ofDays(2));
        sweep.sweep();
        assertThat(ids("events")).containsExactly("foreign");
    }

    @Test
    void an_execution_that_has_not_ended_stays_however_old_it_is() {
        mongo.getCollection("executions")
                .insertMany(List.of(
                        new Document("_id", "running").append("org_id", org.value()),
                        new Document("_id", "ended")
                                .append("org_id", org.value())
                                .append("finished_at", Date.from(START.minus(Duration.ofDays(2))))));
        says(org, Map.of(Kept.EXECUTIONS, 1), START);
        sweep(Kept.EXECUTIONS).sweep();
        assertThat(ids("executions")).containsExactly("running");
    }

    @Test
    void a_log_that_changed_since_stays() {
        mongo.getCollection("execution_logs").insertMany(List.of(log("changed", 1), log("over", 3)));
        says(org, Map.of(Kept.EXECUTION_LOGS, 2), START);
        sweep(Kept.EXECUTION_LOGS).sweep();
        assertThat(ids("execution_logs")).containsExactly("changed");
    }

    @Test
    void a_setting_is_no_longer_looked_after_when_nothing_from_before_it_can_be_left() {
        event("restored", org, START.minus(Duration.ofDays(90)), FAR.multipliedBy(9));
        says(org, Map.of(Kept.EVENTS, 5), START.minus(Duration.ofDays(7)));
        sweep(Kept.EVENTS).sweep();
        assertThat(ids("events")).containsExactly("restored");
    }

    @Test
    void what_an_organization_says_is_how_long_its_documents_are_kept() {
        says(org, Map.of(Kept.EVENTS, 5), START);
        Retentions retentions = new Retentions(mongo);
        assertThat(retentions.of(org, Kept.EVENTS, FAR)).isEqualTo(Duration.ofDays(5));
        assertThat(retentions.of(org, Kept.DEAD_LETTERS, FAR)).isEqualTo(FAR);
        assertThat(retentions.of(another, Kept.EVENTS, FAR)).isEqualTo(FAR);
    }

    private Document log(String id, int updatedDaysAgo) {
        return new Document("_id", id)
                .append("org_id", org.value())
                .append("created_at", Date.from(START.minus(Duration.ofDays(3))))
                .append("updated_at", Date.from(START.minus(Duration.ofDays(updatedDaysAgo))));
    }

    private void says(OrgId whose, Map<Kept, Integer> days, Instant when) {
        mongo.getCollection("organizations")
                .insertOne(new Document("_id", whose.value())
                        .append("retention", new RetentionSettings(days, when).document()));
    }

    private void event(String id, OrgId whose, Instant received, Duration kept) {
        mongo.getCollection("events")
                .insertOne(new Document("_id", id)
                        .append("org_id", whose.value())
                        .append("received_at", Date.from(received))
                        .append("expire_at", Date.from(received.plus(kept))));
    }

    private List<String> ids(String collection) {
        return mongo.getCollection(collection)
                .find()
                .map(document -> document.getString("_id"))
                .into(new ArrayList<>());
    }

    private double deleted(String why) {
        return meters.counter("engine.retention.deleted", "collection", "events", "why", why)
                .count();
    }

    private RetentionSweep sweep(Kept kept) {
        return new RetentionSweep(
                mongo, List.of(kept), new RetentionProperties(Duration.ofMinutes(1), 3, 10), () -> now, meters);
    }
}
