package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.kit.background.BackgroundLoop;
import dev.automationengine.kit.background.BackgroundService;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.test.context.TestPropertySource;

/** Past events that people take up again; pages are small, and some end early because their time is over. */
@TestPropertySource(properties = {"engine.replay.interval=100ms", "engine.replay.page=2", "engine.replay.lease=1ms"})
class ReplayTest extends DispatcherScene {
    private static final String STRICTER = Seed.JSON.replace(
            "\"field\": \"email\", \"operator\": \"NOT_NULL\"",
            "\"field\": \"email\", \"operator\": \"EQUALS\", \"value\": \"joe@example.com\"");

    @Autowired
    AutowireCapableBeanFactory beans;

    @Test
    void a_shadow_tells_what_another_version_would_have_decided_and_does_nothing() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId joe = happened(workflow, lead(Map.of("email", "joe@example.com", "full_name", "Joe")));
        ExecutionId ann = happened(workflow, lead(Map.of("email", "ann@example.com", "full_name", "Ann")));
        AutomationEvent unheard = remembered(lead(Map.of("email", "joe@example.com")));
        rest().putMap("/v1/workflows/" + workflow, STRICTER);
        long before = executions();

        Map<String, Object> replay = ended(replay(workflow, "\"mode\": \"shadow\""));

        assertThat(replay).containsEntry("status", "completed").containsEntry("version", 2);
        assertThat(progress(replay))
                .containsEntry("events", 3)
                .containsEntry("same", 1)
                .containsEntry("different", 1)
                .containsEntry("not_comparable", 1);
        assertThat((List<?>) progress(replay).get("differences"))
                .asString()
                .contains("step=*, was=completed, would=filtered, count=1")
                .contains("step=step_1, was=completed, would=filtered, count=1")
                .contains("step=step_3, was=completed, would=skipped, count=1");
        Map<String, Object> different = rest().getMap("/v1/replays/" + replay.get("id") + "/results?outcome=different");
        assertThat(String.valueOf(different.get("items"))).contains(ann.value()).doesNotContain(joe.value());
        assertThat(String.valueOf(rest().getMap("/v1/replays/" + replay.get("id") + "/results?outcome=no_record")))
                .contains(unheard.id().value());
        assertThat(executions()).isEqualTo(before);
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
    }

    @Test
    void a_shadow_looks_into_the_items_of_a_list() {
        WorkflowId workflow = create(forEach("b"));
        AutomationEvent event = remembered(lead(Map.of("cars", List.of("a", "b", "c"))));
        publish(event);
        for (int i = 0; i < 2; i++) {
            ClaimedJob job = claim();
            report(new StepEvent.Completed(run(job), 201, Map.of("id", "of-" + car(job))));
        }
        snapshot(ExecutionId.of(event.id(), workflow), ExecutionStatus.COMPLETED);

        assertThat(progress(ended(replay(workflow, "\"mode\": \"shadow\"")))).containsEntry("same", 1);

        rest().putMap("/v1/workflows/" + workflow, forEach("c"));
        Map<String, Object> replay = ended(replay(workflow, "\"mode\": \"shadow\""));

        assertThat((List<?>) progress(replay).get("differences"))
                .asString()
                .isEqualTo("[{step=each/wanted, was=filtered, would=completed, count=1}, "
                        + "{step=each/crm, was=skipped, would=completed, count=1}, "
                        + "{step=each/known, was=skipped, would=filtered, count=1}, "
                        + "{step=each/*, was=completed, would=filtered, count=1}, "
                        + "{step=each/wanted, was=completed, would=filtered, count=1}, "
                        + "{step=each/crm, was=completed, would=skipped, count=1}, "
                        + "{step=each/known, was=completed, would=skipped, count=1}]");
        assertThat(String.valueOf(rest().getMap("/v1/replays/" + replay.get("id") + "/results")))
                .contains("step=each/1/wanted, was=filtered, would=completed")
                .contains("step=each/2/wanted, was=completed, would=filtered")
                .doesNotContain("each/0/");
    }

    @Test
    void what_has_been_forgotten_is_compared_with_its_log() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = remembered(lead(Map.of("email", "joe@example.com")));
        mongo().getCollection("execution_logs")
                .insertOne(new Document(
                                "_id", ExecutionId.of(event.id(), workflow).value())
                        .append("org_id", org.value())
                        .append("status", "failed")
                        .append("created_at", new Date())
                        .append(
                                "steps",
                                List.of(
                                        new Document("step_id", "step_1").append("status", "completed"),
                                        new Document("step_id", "step_2")
                                                .append("status", "failed")
                                                .append(
                                                        "attempts",
                                                        List.of(new Document(
                                                                "error",
                                                                new Document("code", "x").append("message", "y")))),
                                        new Document("step_id", "step_3").append("status", "skipped"))));

        Map<String, Object> replay = ended(replay(workflow, "\"mode\": \"shadow\""));

        assertThat(progress(replay)).containsEntry("same", 1).containsEntry("different", 0);
    }

    @Test
    void a_live_replay_starts_each_event_once_however_often_a_page_is_done() {
        WorkflowId workflow = create(Seed.JSON);
        List<AutomationEvent> events = IntStream.range(0, 4)
                .mapToObj(i -> remembered(lead(Map.of("email", "joe@example.com", "n", i))))
                .toList();

        Map<String, Object> replay =
                replay(workflow, "\"mode\": \"live\", \"confirm_effects\": true, \"per_second\": 2");
        String id = String.valueOf(replay.get("id"));
        ended(replay);
        // As one leaves it that dies after it has started a page and before it says so.
        mongo().getCollection("replays")
                .updateOne(
                        new Document("_id", id).append("org_id", org.value()),
                        new Document("$set", new Document("status", "running").append("next_at", new Date()))
                                .append("$unset", new Document("position", 1)));
        Map<String, Object> again = ended(replay);

        assertThat(again).containsEntry("status", "completed");
        Set<ExecutionId> started = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            started.add(claim().id().execution());
        }
        assertThat(started)
                .containsExactlyInAnyOrderElementsOf(events.stream()
                        .map(event -> ExecutionId.replay(id, event.id()))
                        .toList());
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
        assertThat(executions()).isEqualTo(4);
    }

    @Test
    void replicas_that_take_pages_from_each_other_start_and_count_each_event_once() throws Exception {
        WorkflowId workflow = create(Seed.JSON);
        List<AutomationEvent> events = IntStream.range(0, 12)
                .mapToObj(i -> remembered(lead(Map.of("email", "joe@example.com", "n", i))))
                .toList();
        // The lease is so short that each takes over what the other one is at.
        BackgroundLoop another = new BackgroundLoop(
                (BackgroundService)
                        beans.createBean(Class.forName("dev.automationengine.dispatcher.trial.ReplayRunner")),
                new SimpleMeterRegistry());
        another.start();
        try {
            Map<String, Object> replay =
                    ended(replay(workflow, "\"mode\": \"live\", \"confirm_effects\": true, \"per_second\": 4"));

            assertThat(progress(replay)).containsEntry("events", 12).containsEntry("started", 12);
        } finally {
            another.stop();
        }
        assertThat(executions()).isEqualTo(events.size());
        assertThat(ids(rest().getMap("/v1/replays"))).hasSize(1);
    }

    @Test
    void a_replay_takes_up_no_more_than_it_may_and_only_what_it_was_asked_for() {
        WorkflowId workflow = create(Seed.JSON);
        for (int i = 0; i < 5; i++) {
            remembered(lead(Map.of("email", "joe@example.com", "n", i)));
        }

        assertThat(progress(ended(replay(workflow, "\"mode\": \"shadow\", \"limit\": 3"))))
                .containsEntry("events", 3);
        assertThat(progress(ended(replay(workflow, "\"mode\": \"shadow\", \"type\": \"another\""))))
                .containsEntry("events", 0);
        assertThat(ids(rest().getMap("/v1/replays?limit=1"))).hasSize(1);
    }

    @Test
    void a_replay_can_be_stopped_and_a_repeated_call_starts_no_second_one() {
        WorkflowId workflow = create(Seed.JSON);
        for (int i = 0; i < 30; i++) {
            remembered(lead(Map.of("email", "joe@example.com", "n", i)));
        }
        String body = body("\"mode\": \"live\", \"confirm_effects\": true, \"per_second\": 1");
        String url = "/v1/workflows/" + workflow + ":replay";
        String id = String.valueOf(
                rest().postMap(url, body, "Idempotency-Key", "r-1").get("id"));

        assertThat(rest().postMap(url, body, "Idempotency-Key", "r-1")).containsEntry("id", id);
        assertThat(rest().postMap(url, body.replace("\"live\"", "\"shadow\""), "Idempotency-Key", "r-1"))
                .containsEntry("status", 422);
        ClaimedJob first = claim();
        assertThat(rest().postMap("/v1/replays/" + id + ":cancel", "")).containsEntry("status", "cancelled");

        assertThat(first.id().step().value()).isEqualTo("step_2");
        long started = executions();
        assertThat(started).isLessThan(30);
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> executions() <= started + 1);
        assertThat(rest().ofOrg(OrgId.random()).get("/v1/replays/" + id).statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothing_is_replayed_live_without_a_word_on_effects_or_over_too_long_a_time() {
        String url = "/v1/workflows/" + create(Seed.JSON) + ":replay";

        assertThat(rest().post(url, body("\"mode\": \"live\"")).body()).contains("/confirm_effects");
        assertThat(rest().post(url, "{\"from\": \"2026-01-01T00:00:00Z\", \"mode\": \"shadow\"}")
                        .body())
                .contains("/from");
        assertThat(rest().post(url, "{\"mode\": \"shadow\"}").statusCode()).isEqualTo(400);
    }

    private Map<String, Object> replay(WorkflowId workflow, String how) {
        return rest().postMap("/v1/workflows/" + workflow + ":replay", body(how));
    }

    private static String body(String how) {
        return "{\"from\": \"%s\", %s}".formatted(Instant.now().minusSeconds(3_600), how);
    }

    private Map<String, Object> ended(Map<String, Object> replay) {
        return await().atMost(PATIENCE)
                .until(
                        () -> rest().getMap("/v1/replays/" + replay.get("id")),
                        now -> !Objects.equals(now.get("status"), "running"));
    }

    private static Map<?, ?> found(Map<String, Object> replay) {
        return (Map<?, ?>) Objects.requireNonNull(replay.get("progress"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> progress(Map<String, Object> replay) {
        return (Map<String, Object>) found(replay);
    }

    private String car(ClaimedJob job) {
        Document input = work(job.id().execution(), job.id().step().value()).get("input", Document.class);
        return input.get("field_mapping", Document.class).getString("car");
    }

    /** The last step holds only for what the third party answered for the very item. */
    private static String forEach(String unwanted) {
        return """
                {"name": "each", "is_active": true,
                 "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
                 "steps": [{"id": "each", "type": "FOR_EACH", "items": "{{ trigger.fields.cars }}", "concurrency": 2,
                   "steps": [
                     {"id": "wanted", "type": "FILTER",
                      "condition": {"not": {"field": "item", "operator": "EQUALS", "value": "%s"}}},
                     {"id": "crm", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["wanted"],
                      "config": {"field_mapping": {"car": "{{ item }}"}}},
                     {"id": "known", "type": "FILTER", "depends_on": ["crm"],
                      "condition": {"field": "steps.crm.output.id", "operator": "EQUALS", "value": "of-{{ item }}"}}]}]}
                """.formatted(Seed.FORM, unwanted);
    }

    private ExecutionId happened(WorkflowId workflow, AutomationEvent event) {
        remembered(event);
        publish(event);
        ExecutionId id = ExecutionId.of(event.id(), workflow);
        report(new StepEvent.Completed(run(claim()), 201, Map.of("id", "c_1")));
        report(new StepEvent.Completed(run(claim()), 200, Map.of()));
        snapshot(id, ExecutionStatus.COMPLETED);
        return id;
    }

    private long executions() {
        return mongo().getCollection("executions").countDocuments(new Document("org_id", org.value()));
    }
}
