package dev.automationengine.trigger.ledger;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of the organization's leads. */
@RestController
@RequestMapping("/v1/leads")
class LeadController {
    private static final int MOST_DAYS = 92;
    private static final int USUAL_DAYS = 7;

    private final Leads leads;
    private final Reconciliation reconciliation;
    private final InstantSource clock;

    LeadController(Leads leads, Reconciliation reconciliation, InstantSource clock) {
        this.leads = leads;
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @Operation(operationId = "listLeads", summary = "List leads by when they were heard of, the newest first")
    @GetMapping
    Page<LeadView> list(
            @CurrentOrg OrgId org,
            @RequestParam(name = "form_id", required = false) @Nullable String formId,
            @RequestParam(required = false) LeadView.@Nullable State state,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return leads.page(org, formId, state, limit, cursor);
    }

    @Operation(operationId = "getLead", summary = "How far a lead has come, and where it was delivered to")
    @GetMapping("/{id}")
    LeadView get(@CurrentOrg OrgId org, @PathVariable String id) {
        return leads.find(org, id).orElseThrow(() -> ProblemException.notFound("lead"));
    }

    @Operation(
            operationId = "reconcileLeads",
            summary = "What Meta tells against what was captured and delivered, by form and day",
            description = "The last 7 days where nothing is said; at most 92 days. Days are of UTC.")
    @GetMapping("/reconciliation")
    Page<Reconciliation.Row> reconcile(
            @CurrentOrg OrgId org,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(name = "form_id", required = false) @Nullable String formId) {
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1L) : from;
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The days are not valid.",
                    List.of(new FieldError(
                            "from", "name a day up to " + (MOST_DAYS - 1) + " days before the day of to")));
        }
        return new Page<>(reconciliation.rows(org, first, last, formId), null);
    }
}
