package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Executions and dead letters are kept as long as their organization says. */
class RetentionTest extends DispatcherScene {
    @Test
    void an_execution_and_its_dead_letter_end_when_their_organization_says() {
        mongo().getCollection("organizations")
                .insertOne(new Document("_id", org.value())
                        .append(
                                "retention",
                                new Document("days", new Document("executions", 5).append("dead_letters", 9))
                                        .append("changed_at", new Date())));
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event =
                lead(Map.of("email", "a@example.com", "phone_number", "+16502530000", "full_name", "A"));
        publish(event);
        ExecutionId id = ExecutionId.of(event.id(), workflow);
        snapshot(id, ExecutionStatus.IN_PROGRESS);
        report(new StepEvent.Failed(
                run(claim()),
                new StepError(ErrorClass.REJECTED, "400", "no", 400, "POST /contacts", "no", "Mend it.")));
        snapshot(id, ExecutionStatus.FAILED);

        assertThat(kept(execution(id), "finished_at")).isEqualTo(Duration.ofDays(5));
        Document letter = await().atMost(PATIENCE)
                .until(
                        () -> mongo().getCollection("dead_letters")
                                .find(new Document("org_id", org.value()).append("execution_id", id.value()))
                                .first(),
                        Objects::nonNull);
        assertThat(kept(letter, "created_at")).isEqualTo(Duration.ofDays(9));
    }

    private static Duration kept(Document document, String since) {
        return Duration.between(
                document.getDate(since).toInstant(),
                document.getDate("expire_at").toInstant());
    }
}
