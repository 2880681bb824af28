package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/executions}: what has run and what is running. */
@RestController
@RequestMapping("/v1/executions")
class ExecutionController {
    private final ExecutionLogs logs;

    ExecutionController(ExecutionLogs logs) {
        this.logs = logs;
    }

    @Operation(summary = "List executions, the newest first; from (inclusive) and to (exclusive) are times of creation")
    @GetMapping
    Page<ExecutionSummary> list(
            @CurrentOrg OrgId org,
            @RequestParam("workflow_id") @Nullable WorkflowId workflowId,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        ExecutionFilter.Position after = cursor == null ? null : ExecutionFilter.Position.of(cursor);
        ExecutionFilter filter = new ExecutionFilter(workflowId, status, from, to, after);
        return Page.of(logs.list(org, filter, limit), limit, ExecutionFilter.Position::cursor);
    }

    @Operation(summary = "One execution with every step, attempt and payload")
    @GetMapping("/{id}")
    ExecutionLog get(@CurrentOrg OrgId org, @PathVariable ExecutionId id) {
        return logs.find(org, id).orElseThrow(() -> ProblemException.notFound("execution"));
    }
}
