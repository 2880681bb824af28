package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/executions}: what has run and what is running. */
@RestController
@ShowsPeople
@RequestMapping("/v1/executions")
class ExecutionController {
    private final ExecutionLogs logs;
    private final MessageDeliveries deliveries;
    private final ExecutionWatch watch;

    ExecutionController(ExecutionLogs logs, MessageDeliveries deliveries, ExecutionWatch watch) {
        this.logs = logs;
        this.deliveries = deliveries;
        this.watch = watch;
    }

    @Operation(
            operationId = "listExecutions",
            summary = "List executions, the newest first; from and to are times of creation")
    @GetMapping
    Page<ExecutionSummary> list(
            @CurrentOrg OrgId org,
            @RequestParam("workflow_id") @Nullable WorkflowId workflowId,
            @Parameter(schema = @Schema(implementation = ExecutionStatus.class)) @RequestParam @Nullable String status,
            @RequestParam("trigger_type") @Nullable String triggerType,
            @RequestParam("event_id") @Nullable EventId eventId,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        ExecutionFilter.Position after = cursor == null ? null : ExecutionFilter.Position.of(cursor);
        ExecutionFilter filter = new ExecutionFilter(workflowId, status, triggerType, eventId, from, to, after);
        return Page.of(logs.list(org, filter, limit), limit, ExecutionFilter.Position::cursor);
    }

    @Operation(operationId = "getExecution", summary = "One execution with every step, attempt and payload")
    @GetMapping("/{id}")
    ExecutionLog get(@CurrentOrg OrgId org, @PathVariable ExecutionId id) {
        return logs.find(org, id).map(deliveries::added).orElseThrow(() -> ProblemException.notFound("execution"));
    }

    @Operation(operationId = "getExecutionTimeline", summary = "What happened in an execution, in order of time")
    @GetMapping("/{id}/timeline")
    Timeline timeline(@CurrentOrg OrgId org, @PathVariable ExecutionId id) {
        return new Timeline(Timeline.entries(get(org, id)));
    }

    @Operation(
            operationId = "followExecution",
            summary = "An execution as it changes, by server-sent events; Last-Event-ID is the revision seen last")
    @ApiResponse(
            responseCode = "200",
            description = "Events `execution`: id is the revision, data the execution as getExecution answers it",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping("/{id}/events")
    void events(
            @CurrentOrg OrgId org,
            @PathVariable ExecutionId id,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "0") long seen,
            HttpServletResponse response)
            throws IOException {
        watch.follow(org, get(org, id), seen, response);
    }
}
