package dev.automationengine.scheduler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.execution.JobReference;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningExecutionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_queued_step_gives_its_job_as_it_stood() {
        Document step = step("queued")
                .append("epoch", 2)
                .append("fence", 7L)
                .append("attempts", List.of(new Document("number", 1), new Document("number", 2)));
        NewJob job = jobs(step, null).getFirst();
        assertThat(job.id().value()).isEqualTo("exec_1:step_2:2");
        assertThat(job.org().value()).isEqualTo("org_1");
        assertThat(job.attempt()).isEqualTo(3);
        assertThat(job.fenceFloor()).isEqualTo(7);
        assertThat(job.rescued()).isTrue();
        assertThat(job.dueAt()).isNull();
        assertThat(job.payload()).isEqualTo("wf_1 CRM_INSERT 00-trace");
    }

    @Test
    void a_retry_that_is_due_later_comes_back_into_an_empty_queue_with_its_time() {
        Instant due = NOW.plusSeconds(300);
        Document step = step("retrying").append("next_attempt_at", Date.from(due));
        assertThat(jobs(step, null)).extracting(NewJob::dueAt).containsExactly(due);
        assertThat(jobs(step, null))
                .extracting(NewJob::rescued)
                .as("nobody can have begun it")
                .containsExactly(false);
    }

    @Test
    void what_is_parked_is_left_where_it_is() {
        Document step = step("queued").append("next_attempt_at", Date.from(NOW.plusSeconds(901)));
        assertThat(jobs(step, null)).isEmpty();
    }

    @Test
    void a_job_keeps_the_limit_of_its_credential() {
        Document work = new Document("action", "CRM_INSERT").append("credential_id", "cred_1");
        assertThat(jobs(step("queued").append("work", work), null))
                .extracting(NewJob::limitKey)
                .containsExactly("CRM_INSERT:cred_1");
    }

    @Test
    void an_execution_in_progress_of_which_no_step_waits_stands_still() {
        assertThat(execution("in_progress", step("completed")).waits()).isFalse();
        assertThat(execution("in_progress", step("retrying")).waits()).isTrue();
        assertThat(execution("pending", step("pending")).waits()).isTrue();
    }

    private static RunningExecution execution(String status, Document step) {
        return RunningExecution.of(new Document("_id", "exec_1")
                .append("org_id", "org_1")
                .append("status", status)
                .append("steps", new Document("step_2", step)));
    }

    @Test
    void a_retry_that_is_due_later_is_not_overdue() {
        assertThat(jobs(step("retrying").append("next_attempt_at", Date.from(NOW.plusSeconds(1))), NOW))
                .isEmpty();
        assertThat(jobs(step("retrying").append("next_attempt_at", Date.from(NOW.minusSeconds(1))), NOW))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "completed", "failed", "filtered", "skipped"})
    void a_step_that_waits_for_no_worker_gives_no_job(String status) {
        assertThat(jobs(step(status), null)).isEmpty();
    }

    @Test
    void a_step_without_work_gives_no_job() {
        assertThat(jobs(new Document("status", "queued").append("epoch", 1), null))
                .isEmpty();
    }

    private static Document step(String status) {
        return new Document("status", status).append("epoch", 1).append("work", new Document("action", "CRM_INSERT"));
    }

    private static List<NewJob> jobs(Document step, @Nullable Instant dueBefore) {
        Document execution = new Document("_id", "exec_1")
                .append("org_id", "org_1")
                .append("workflow_id", "wf_1")
                .append("traceparent", "00-trace")
                .append("steps", new Document("step_2", step));
        return RunningExecution.of(execution)
                .jobs(NOW, dueBefore == null ? NOW.plusSeconds(900) : dueBefore, RunningExecutionTest::text);
    }

    private static String text(JobReference reference) {
        return reference.workflowId() + " " + reference.action() + " " + reference.traceparent();
    }
}
