package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.InboundMessage.PolledRecord;
import dev.automationengine.model.event.InboundMessage.PolledRecords;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What a look at a source found becomes an event of the one workflow that looked, once. */
class PolledRecordsTest extends TriggerScene {
    private void found(WorkflowId workflow, String id, String... identities) {
        List<PolledRecord> records = List.of(identities).stream()
                .map(identity -> new PolledRecord(identity, Map.of("name", "of " + identity)))
                .toList();
        publish(Topic.INBOUND, id, new PolledRecords(id, org, workflow, "http_json", records, Instant.now(), null));
    }

    @Test
    void a_record_that_is_found_twice_is_one_event_of_each_workflow() {
        WorkflowId one = WorkflowId.random();
        WorkflowId other = WorkflowId.random();
        found(one, "m-1", "7@new", "8@new");
        found(one, "m-2", "8@new", "7@new", "7@paid");
        found(other, "m-3", "7@new");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events())
                        .extracting(event -> event.getString("subject"))
                        .containsExactlyInAnyOrder("7@new", "8@new", "7@paid", "7@new"));
        Document data = Document.parse(events().getFirst().getString("data"));
        assertThat(data.getString("workflow_id")).isIn(one.value(), other.value());
        assertThat(data.get("payload", Document.class))
                .containsEntry("source", "http_json")
                .containsKey("found_at")
                .extractingByKey("record")
                .isInstanceOfSatisfying(
                        Document.class,
                        record -> assertThat(record.getString("name")).startsWith("of "));
    }
}
