package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;

/** An execution that has not ended, as the dispatcher stored it: docs/architecture.md shows the document. */
record RunningExecution(ExecutionId id, OrgId org, Document document) {
    private static final Set<String> WAITING = Set.of("queued", "retrying");

    static RunningExecution of(Document document) {
        return new RunningExecution(
                new ExecutionId(document.getString("_id")), new OrgId(document.getString("org_id")), document);
    }

    /** Whether a step waits for a worker or a time, or the dispatcher has not decided yet. */
    boolean waits() {
        return !"in_progress".equals(document.getString("status"))
                || document.get("steps", new Document()).values().stream()
                        .anyMatch(step -> step instanceof Document document && waiting(document));
    }

    /**
     * The jobs that Redis should hold.
     *
     * @param now a job that is due later cannot have been begun
     * @param dueBefore leaves out what is due later
     * @param payload writes what the worker reads beside the id
     */
    List<NewJob> jobs(Instant now, Instant dueBefore, Function<JobReference, String> payload) {
        return document.get("steps", new Document()).entrySet().stream()
                .flatMap(step -> job(step, now, dueBefore, payload))
                .toList();
    }

    private Stream<NewJob> job(
            Map.Entry<String, Object> entry, Instant now, Instant dueBefore, Function<JobReference, String> payload) {
        if (!(entry.getValue() instanceof Document step)
                || !(step.get("work") instanceof Document work)
                || !waiting(step)) {
            return Stream.empty();
        }
        Instant due = step.get("next_attempt_at") instanceof Date date ? date.toInstant() : null;
        if (due != null && !due.isBefore(dueBefore)) {
            return Stream.empty();
        }
        // A worker may have begun the attempt and died with Redis: better it looks before it acts.
        boolean perhapsBegun = due == null || !due.isAfter(now) || step.getBoolean("in_doubt", false);
        return Stream.of(new NewJob(
                new JobId(
                        id,
                        new StepId(entry.getKey()),
                        step.get("epoch", Number.class).intValue()),
                org,
                NewJob.NORMAL,
                due,
                lastAttempt(step) + 1,
                step.get("fence") instanceof Number number ? number.longValue() : 0,
                perhapsBegun,
                StepWork.limitKey(work.getString("action"), work.getString("credential_id")),
                payload.apply(new JobReference(
                        new WorkflowId(document.getString("workflow_id")),
                        work.getString("action"),
                        document.getString("traceparent")))));
    }

    private static boolean waiting(Document step) {
        return WAITING.contains(String.valueOf(step.getString("status")));
    }

    private static int lastAttempt(Document step) {
        return step.getList("attempts", Document.class, List.of()).stream()
                .mapToInt(attempt -> attempt.get("number", Number.class).intValue())
                .max()
                .orElse(0);
    }
}
