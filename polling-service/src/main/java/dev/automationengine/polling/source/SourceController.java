package dev.automationengine.polling.source;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows an organization how looking at its sources goes. */
@RestController
class SourceController {
    private final SourceStates states;

    SourceController(SourceStates states) {
        this.states = states;
    }

    /** The sources by workflow. */
    @Operation(operationId = "listPolledSources", summary = "List the sources that triggers of the type POLL look at")
    @GetMapping("/v1/polls/sources")
    Page<SourceView> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String after = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(states.list(org, after, limit + 1), limit, last -> Cursor.encode(last.workflowId()))
                .map(SourceView::of);
    }
}
