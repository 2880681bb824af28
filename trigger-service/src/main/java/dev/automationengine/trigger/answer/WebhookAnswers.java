package dev.automationengine.trigger.answer;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.workflow.WebhookAnswer;
import dev.automationengine.model.workflow.WorkflowChange;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers calls of webhooks that are stored: at once, or with the outcome of a workflow that says so. */
@Component
public class WebhookAnswers {
    private final Outcomes outcomes;

    WebhookAnswers(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    /**
     * The answer to a call. Where several workflows listen, the first that answers with its outcome does.
     *
     * @param listeners who listens, in the order of their ids
     * @param event the event that the call becomes
     * @throws ProblemException 422 if the workflow failed, 409 if a person stopped it: a sender who repeats calls that
     *     get a 5xx would run it again
     */
    public ResponseEntity<Map<String, @Nullable Object>> answer(List<WorkflowChange> listeners, EventId event) {
        for (WorkflowChange listener : listeners) {
            if (WebhookAnswer.read(listener.trigger().config(), (pointer, reason) -> {})
                    instanceof WebhookAnswer.Result result) {
                ExecutionId execution = ExecutionId.of(event, listener.workflowId());
                return outcomes.await(listener.orgId(), execution, result.within())
                        .map(ended -> ended(event, execution, ended))
                        .orElseGet(() -> later(event, execution));
            }
        }
        return ResponseEntity.accepted().body(Map.of("event_id", event.value()));
    }

    private static ResponseEntity<Map<String, @Nullable Object>> ended(
            EventId event, ExecutionId execution, Ended ended) {
        return switch (ended.status()) {
            case "failed" ->
                throw new ProblemException(
                        Problem.WORKFLOW_FAILED,
                        "Execution " + execution + " failed"
                                + Optional.ofNullable(ended.failedStep())
                                        .map(step -> " at step " + step + ".")
                                        .orElse("."));
            case "cancelled" ->
                throw new ProblemException(Problem.CONFLICT, "Execution " + execution + " was stopped by a person.");
            default -> {
                Map<String, @Nullable Object> body = ids(event, execution);
                body.put("status", ended.status());
                body.put("outputs", ended.outputs());
                yield ResponseEntity.ok(body);
            }
        };
    }

    private static ResponseEntity<Map<String, @Nullable Object>> later(EventId event, ExecutionId execution) {
        URI status = URI.create("/v1/executions/" + execution);
        Map<String, @Nullable Object> body = ids(event, execution);
        body.put("status_url", status.toString());
        return ResponseEntity.accepted().location(status).body(body);
    }

    private static Map<String, @Nullable Object> ids(EventId event, ExecutionId execution) {
        Map<String, @Nullable Object> ids = new LinkedHashMap<>();
        ids.put("event_id", event.value());
        ids.put("execution_id", execution.value());
        return ids;
    }
}
