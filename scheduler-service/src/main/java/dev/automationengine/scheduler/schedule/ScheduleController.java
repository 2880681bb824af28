package dev.automationengine.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows when the workflows of an organization are due. */
@RestController
@RequestMapping("/v1/schedules")
class ScheduleController {
    private static final int TIMES = 5;

    private final ScheduleStore store;

    ScheduleController(ScheduleStore store) {
        this.store = store;
    }

    /**
     * A schedule for people.
     *
     * @param workflowId the workflow
     * @param cron when, as its author wrote it
     * @param timeZone where the hours of that are
     * @param catchUp what becomes of times that were missed
     * @param nextAt the next five times
     * @param lastAt the last time that was fired; null before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            WorkflowId workflowId,
            String cron,
            ZoneId timeZone,
            String catchUp,
            List<Instant> nextAt,
            @Nullable Instant lastAt) {
        static View of(WorkflowSchedule schedule) {
            return new View(
                    schedule.workflow(),
                    schedule.schedule().cron().text(),
                    schedule.schedule().cron().zone(),
                    schedule.schedule().catchUp().name().toLowerCase(Locale.ROOT),
                    schedule.schedule().cron().next(schedule.nextAt().minusNanos(1), TIMES),
                    schedule.lastAt());
        }
    }

    /** The schedules of active workflows. */
    @Operation(operationId = "listSchedules", summary = "List the schedules of active workflows, with their next times")
    @GetMapping
    Page<View> list(
            @CurrentOrg OrgId org,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        List<View> found = store.list(org, cursor == null ? null : after(cursor), limit + 1).stream()
                .map(View::of)
                .toList();
        return Page.of(found, limit, last -> Cursor.encode(last.workflowId().value()));
    }

    /** The schedule of a workflow. */
    @Operation(operationId = "getSchedule", summary = "The schedule of a workflow")
    @GetMapping("/{workflow_id}")
    View get(
            @CurrentOrg OrgId org,
            @Parameter(description = "The id of the workflow") @PathVariable("workflow_id") WorkflowId workflowId) {
        return store.find(org, workflowId)
                .map(View::of)
                .orElseThrow(() -> ProblemException.notFound("schedule of an active workflow"));
    }

    private static WorkflowId after(String cursor) {
        try {
            return new WorkflowId(Cursor.decode(cursor, 1).getFirst());
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid(e);
        }
    }
}
