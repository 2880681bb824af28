package dev.automationengine.polling.poll;

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

/** Shows an organization how the sweeping of its forms goes. */
@RestController
class PollController {
    private final PollStates states;

    PollController(PollStates states) {
        this.states = states;
    }

    /** The forms by id. */
    @Operation(operationId = "listPolls", summary = "List the forms that are swept for leads whose webhook got lost")
    @GetMapping("/v1/polls")
    Page<PollView> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String after = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(states.list(org, after, limit + 1), limit, last -> Cursor.encode(last.formId()))
                .map(PollView::of);
    }
}
