package dev.automationengine.dispatcher.deadletter;

import dev.automationengine.dispatcher.deadletter.DeadLetterStore.Position;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters over HTTP. */
@RestController
@RequestMapping("/v1/dead-letters")
class DeadLetterController {
    private final DeadLetterStore store;

    DeadLetterController(DeadLetterStore store) {
        this.store = store;
    }

    @GetMapping
    Page<DeadLetter> list(
            @CurrentOrg OrgId org,
            @RequestParam(name = "workflow_id", required = false) @Nullable WorkflowId workflow,
            @RequestParam(name = "execution_id", required = false) @Nullable ExecutionId execution,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        Map<String, String> filter = filter(workflow, execution, action);
        Position after = cursor == null ? null : position(cursor);
        return Page.of(store.list(org, filter, after, limit + 1), limit, DeadLetterController::cursor);
    }

    @GetMapping("/{id}")
    DeadLetter get(@CurrentOrg OrgId org, @PathVariable String id) {
        return store.find(org, job(id)).orElseThrow(() -> ProblemException.notFound("dead letter"));
    }

    private static Map<String, String> filter(
            @Nullable WorkflowId workflow, @Nullable ExecutionId execution, @Nullable String action) {
        Map<String, String> filter = new LinkedHashMap<>();
        if (workflow != null) {
            filter.put("workflow_id", workflow.value());
        }
        if (execution != null) {
            filter.put("execution_id", execution.value());
        }
        if (action != null) {
            filter.put("action", action);
        }
        return filter;
    }

    private static JobId job(String id) {
        try {
            return JobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("dead letter");
        }
    }

    private static String cursor(DeadLetter last) {
        return Cursor.encode(last.createdAt().toString(), last.id().value());
    }

    private static Position position(String cursor) {
        List<String> keys = Cursor.decode(cursor, 2);
        try {
            return new Position(Instant.parse(keys.getFirst()), keys.getLast());
        } catch (DateTimeException e) {
            throw Cursor.invalid(e);
        }
    }
}
