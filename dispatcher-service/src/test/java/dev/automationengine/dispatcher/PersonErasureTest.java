package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.privacy.Contacts;
import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.SubjectHashes;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.privacy.SubjectWork;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A person is taken out of executions and dead letters; nobody else is. */
class PersonErasureTest extends DispatcherScene {
    private static final String JOE = "joe@example.com";
    private static final String PHONE = "+16502530000";
    private static final StepError ERROR = new StepError(
            ErrorClass.REJECTED,
            "400",
            "The CRM refused Joe.",
            400,
            "POST /contacts",
            "no contact named Joe Example",
            "Mend it.");

    @Autowired
    @Nullable
    SubjectHashes hashes;

    @Autowired
    @Nullable
    SubjectIndex index;

    @Autowired
    @Nullable
    MeterRegistry meters;

    @Test
    void a_failed_execution_and_its_dead_letter_lose_the_person_and_a_running_one_is_cancelled_first() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId failed = start(workflow, JOE);
        report(new StepEvent.Failed(run(claim()), ERROR));
        snapshot(failed, ExecutionStatus.FAILED);
        ExecutionId running = start(workflow, "Joe@Example.com");
        claim();
        ExecutionId other = start(workflow, "ann@example.com");

        ask(org);

        ExecutionSnapshot cancelled = await().atMost(PATIENCE)
                .until(
                        () -> probe().snapshots(running).stream()
                                .filter(each -> !String.valueOf(each.trigger()).contains(JOE)
                                        && !String.valueOf(each.trigger()).contains("Joe@"))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        assertThat(cancelled.status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(cancelled.rev())
                .isEqualTo(execution(running).get("rev", Number.class).longValue());
        assertClean(execution(failed));
        assertClean(execution(running));
        assertThat(execution(failed).getString("status")).isEqualTo("failed");
        assertThat(execution(failed).getString("event_id")).isNotEmpty();
        Document letter = Objects.requireNonNull(mongo().getCollection("dead_letters")
                .find(new Document("org_id", org.value()).append("execution_id", failed.value()))
                .first());
        // It names no contact, but it is of the execution.
        assertThat(letter.toJson()).doesNotContain("Joe Example").doesNotContain("refused Joe");
        assertThat(letter.getString("status")).isEqualTo("open");
        assertThat(execution(other).toJson()).contains("ann@example.com");
        assertThat(execution(other).getString("status")).isEqualTo("in_progress");
    }

    @Test
    void somebody_whom_only_an_answer_names_is_found_too() {
        ExecutionId id = start(create(Seed.JSON), "ann@example.com");
        report(new StepEvent.Completed(run(claim()), 201, Map.of("owner", "Joe Example <joe@example.com>")));
        await().atMost(PATIENCE).until(() -> execution(id).toJson().contains(JOE));

        ask(org);

        await().atMost(PATIENCE).until(() -> !execution(id).toJson().contains(JOE));
        assertThat(execution(id).toJson()).doesNotContain("Joe Example");
    }

    @Test
    void somebody_whom_only_the_reason_of_a_discard_names_is_found_too() {
        ExecutionId failed = start(create(Seed.JSON), "ann@example.com");
        report(new StepEvent.Failed(run(claim()), ERROR));
        snapshot(failed, ExecutionStatus.FAILED);
        String letter = failed + ":step_2:1";
        await().atMost(PATIENCE)
                .until(() ->
                        rest().post("/v1/dead-letters/" + letter + ":discard", "{\"reason\":\"a lead of " + JOE + "\"}")
                                        .statusCode()
                                == 200);
        Document found = new Document("org_id", org.value())
                .append("subjects", Objects.requireNonNull(index).of(org, JOE).getLast());
        assertThat(mongo().getCollection("dead_letters").countDocuments(found)).isEqualTo(1);
    }

    @Test
    void the_same_work_once_more_changes_nothing_and_another_organization_is_not_touched() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId mine = start(workflow, JOE);
        OrgId another = OrgId.random();
        ask(another);
        assertThat(execution(mine).toJson()).contains(JOE);
        ask(org);
        Document erased = execution(mine);
        assertClean(erased);
        // As Kafka gives it again to a dispatcher that died before it committed.
        ask(org);
        assertThat(execution(mine)).isEqualTo(erased);
    }

    private ExecutionId start(WorkflowId workflow, String email) {
        AutomationEvent event = lead(Map.of("email", email, "phone_number", PHONE, "full_name", "Joe Example"));
        publish(event);
        ExecutionId id = ExecutionId.of(event.id(), workflow);
        snapshot(id, ExecutionStatus.IN_PROGRESS);
        return id;
    }

    /** Returns when the work is done. */
    private void ask(OrgId whose) {
        double before = batches();
        Contact joe = Objects.requireNonNull(Contacts.email(JOE));
        String hash = Objects.requireNonNull(hashes).hash(whose, joe);
        List<String> traces = Objects.requireNonNull(index).traces(whose, List.of(joe));
        SubjectWork work = new SubjectWork(
                "subj_" + whose.value(),
                whose,
                SubjectWork.Kind.ERASURE,
                List.of(hash),
                traces,
                "US",
                "executions",
                1,
                null);
        Objects.requireNonNull(facts).publish(List.of(new Fact(Topic.SUBJECT_WORK, work.requestId(), work)));
        await().atMost(PATIENCE).until(() -> batches() > before);
    }

    private double batches() {
        return Objects.requireNonNull(meters)
                .counter("engine.privacy.pages", "collection", "executions")
                .count();
    }

    private static void assertClean(Document document) {
        assertThat(document.toJson())
                .doesNotContainIgnoringCase(JOE)
                .doesNotContain(PHONE)
                .doesNotContain("Joe Example");
    }
}
