package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;

import dev.automationengine.dispatcher.execution.Consequences;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** The executions a month of a plan: what is beyond them waits, and is neither lost nor doubled. */
@TestPropertySource(
        properties = {
            "engine.quotas.plans.free.executions-per-month=3",
            "engine.quotas.plans.team.executions-per-month=5",
            "engine.quotas.plan-cache=100ms",
            "engine.quotas.release-interval=200ms"
        })
class QuotaTest extends DispatcherScene {
    @MockitoSpyBean
    Consequences consequences;

    @Test
    void what_is_beyond_the_plan_is_held_and_begins_once_when_the_plan_is_raised() {
        WorkflowId workflow = create(Seed.JSON);
        List<AutomationEvent> events = published(6);

        await().atMost(PATIENCE).until(() -> held() == 3);
        assertThat(claimed(3)).hasSize(3);
        assertThat(executions())
                .containsEntry("used", 3)
                .containsEntry("limit", 3)
                .containsEntry("near", true);
        // The same events once more: nothing is counted, held or begun twice.
        events.forEach(this::publish);
        AutomationEvent last = published(1).getFirst();
        snapshot(ExecutionId.of(last.id(), workflow), ExecutionStatus.PENDING);
        assertThat(executions()).containsEntry("used", 3).containsEntry("held", 4);

        plan("TEAM");

        assertThat(claimed(2)).hasSize(2);
        await().atMost(PATIENCE).until(() -> held() == 2);
        assertThat(executions()).containsEntry("used", 5).containsEntry("limit", 5);

        plan("BUSINESS");

        assertThat(claimed(2)).hasSize(2);
        await().atMost(PATIENCE).until(() -> held() == 0);
        assertThat(executions()).containsEntry("used", 7).containsEntry("limit", null);
        assertThat(jobs(queue().claim("w", 10, Duration.ofSeconds(30)))).isEmpty();
    }

    @Test
    void a_dispatcher_that_dies_after_it_began_a_held_execution_leaves_it_to_the_next_look() {
        WorkflowId workflow = create(Seed.JSON);
        published(3);
        assertThat(claimed(3)).hasSize(3);
        AutomationEvent event = published(1).getFirst();
        ExecutionId id = ExecutionId.of(event.id(), workflow);
        await().atMost(PATIENCE).until(() -> held() == 1);

        doThrow(new IllegalStateException("the process is gone"))
                .when(Objects.requireNonNull(consequences))
                .carryOut(anyList());
        plan("TEAM");
        await().atMost(PATIENCE).until(() -> "in_progress".equals(execution(id).getString("status")));
        assertThat(jobs(queue().claim("w", 10, Duration.ofSeconds(30)))).isEmpty();
        assertThat(held()).isEqualTo(1);
        doCallRealMethod().when(consequences).carryOut(anyList());

        assertThat(claimed(1)).singleElement().extracting(JobId::execution).isEqualTo(id);
        await().atMost(PATIENCE).until(() -> held() == 0);
        assertThat(executions()).containsEntry("used", 4);
    }

    @Test
    void a_held_execution_that_a_person_cancels_never_begins() {
        WorkflowId workflow = create(Seed.JSON);
        published(3);
        assertThat(claimed(3)).hasSize(3);
        ExecutionId id = ExecutionId.of(published(1).getFirst().id(), workflow);
        snapshot(id, ExecutionStatus.PENDING);
        await().atMost(PATIENCE).until(() -> held() == 1);

        assertThat(rest().post("/v1/executions/" + id + ":cancel", "{}").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> held() == 0);
        plan("BUSINESS");
        published(1);

        assertThat(claimed(1)).singleElement().extracting(JobId::execution).isNotEqualTo(id);
        assertThat(execution(id).getString("status")).isEqualTo("cancelled");
    }

    @Test
    void another_month_is_counted_for_itself() {
        create(Seed.JSON);
        YearMonth before = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        mongo().getCollection("usages")
                .insertOne(new Document("_id", org + ":" + before)
                        .append("org_id", org.value())
                        .append("executions", 3L));

        published(1);

        assertThat(claimed(1)).hasSize(1);
        assertThat(executions()).containsEntry("used", 1).containsEntry("near", false);
    }

    private List<AutomationEvent> published(int count) {
        List<AutomationEvent> events = IntStream.range(0, count)
                .mapToObj(i -> lead(Map.of("email", "joe@example.com", "n", i)))
                .toList();
        events.forEach(this::publish);
        return events;
    }

    private Set<JobId> claimed(int count) {
        List<JobId> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            jobs(queue().claim("w", count - found.size(), Duration.ofMinutes(5)))
                    .forEach(job -> found.add(job.id()));
            return found.size() == count;
        });
        return new HashSet<>(found);
    }

    private void plan(String plan) {
        Document one = new Document("_id", org.value());
        mongo().getCollection("organizations").deleteOne(one);
        mongo().getCollection("organizations").insertOne(new Document(one).append("plan", plan));
    }

    private int held() {
        return (int) Objects.requireNonNull(executions().get("held"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> executions() {
        return (Map<String, Object>)
                Objects.requireNonNull(rest().getMap("/v1/usage").get("executions"));
    }
}
