package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** An execution that has not ended, as the dispatcher stored it: docs/architecture.md shows the document. */
record RunningExecution(ExecutionId id, OrgId org, Document document) {
    private static final String QUEUED = "queued";
    private static final String RETRYING = "retrying";

    static RunningExecution of(Document document) {
        return new RunningExecution(
                new ExecutionId(document.getString("_id")), new OrgId(document.getString("org_id")), document);
    }

    /**
     * The jobs that Redis should hold.
     *
     * @param dueBefore leaves out retries that are due later; null: all of them
     * @param payload writes what the worker reads beside the id
     */
    List<NewJob> jobs(@Nullable Instant dueBefore, Function<JobReference, String> payload) {
        return document.get("steps", new Document()).entrySet().stream()
                .flatMap(step -> job(step, dueBefore, payload))
                .toList();
    }

    private Stream<NewJob> job(
            Map.Entry<String, Object> entry, @Nullable Instant dueBefore, Function<JobReference, String> payload) {
        if (!(entry.getValue() instanceof Document step) || !(step.get("work") instanceof Document work)) {
            return Stream.empty();
        }
        Instant due = step.get("next_attempt_at") instanceof Date date ? date.toInstant() : null;
        boolean waits = switch (String.valueOf(step.get("status"))) {
            case QUEUED -> true;
            case RETRYING -> dueBefore == null || due == null || due.isBefore(dueBefore);
            default -> false;
        };
        if (!waits) {
            return Stream.empty();
        }
        JobReference reference = new JobReference(
                new WorkflowId(document.getString("workflow_id")),
                work.getString("action"),
                document.getString("traceparent"));
        JobId job = new JobId(
                id, new StepId(entry.getKey()), step.get("epoch", Number.class).intValue());
        long fence = step.get("fence") instanceof Number number ? number.longValue() : 0;
        // A worker may have begun the attempt and died with Redis: better it looks before it acts.
        return Stream.of(new NewJob(
                job, org, NewJob.NORMAL, due, lastAttempt(step) + 1, fence, true, null, payload.apply(reference)));
    }

    private static int lastAttempt(Document step) {
        return step.getList("attempts", Document.class, List.of()).stream()
                .mapToInt(attempt -> attempt.get("number", Number.class).intValue())
                .max()
                .orElse(0);
    }
}
