package dev.automationengine.dispatcher.redrive;

import dev.automationengine.dispatcher.deadletter.DeadLetter;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Status;
import dev.automationengine.dispatcher.deadletter.DeadLetterFilter;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore.Position;
import dev.automationengine.dispatcher.redrive.DeadLetterInputs.DiscardInput;
import dev.automationengine.dispatcher.redrive.DeadLetterInputs.DiscardManyInput;
import dev.automationengine.dispatcher.redrive.DeadLetterInputs.ManyAnswer;
import dev.automationengine.dispatcher.redrive.DeadLetterInputs.RedriveInput;
import dev.automationengine.dispatcher.redrive.DeadLetterInputs.RedriveManyInput;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters over HTTP. */
@RestController
@ShowsPeople
class DeadLetterController {
    private static final String PATH = "/v1/dead-letters";

    private final DeadLetters letters;
    private final DeadLetterStore store;

    DeadLetterController(DeadLetters letters, DeadLetterStore store) {
        this.letters = letters;
        this.store = store;
    }

    @Operation(operationId = "listDeadLetters", summary = "List steps that failed for good, the newest first")
    @GetMapping(PATH)
    @SuppressWarnings("TooManyParameters") // One per filter.
    Page<DeadLetter> list(
            @CurrentOrg OrgId org,
            @RequestParam(name = "workflow_id", required = false) @Nullable WorkflowId workflow,
            @RequestParam(name = "execution_id", required = false) @Nullable ExecutionId execution,
            @RequestParam(name = "step_id", required = false) @Nullable StepId step,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(name = "error_class", required = false) @Nullable ErrorClass errorClass,
            @RequestParam(name = "error_code", required = false) @Nullable String errorCode,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        DeadLetterFilter filter =
                new DeadLetterFilter(workflow, execution, step, action, errorClass, errorCode, from, to);
        Position after = DeadLetterInputs.position(cursor);
        return Page.of(
                store.list(org, filter, status, after, limit + 1),
                limit,
                last -> DeadLetterInputs.cursor(Position.of(last)));
    }

    @Operation(operationId = "getDeadLetter", summary = "A step that failed for good")
    @GetMapping(PATH + "/{id}")
    DeadLetter get(@CurrentOrg OrgId org, @PathVariable String id) {
        return letters.get(org, job(id));
    }

    @Operation(operationId = "redriveDeadLetter", summary = "Try a step again that failed for good")
    @PostMapping(PATH + "/{id}:redrive")
    DeadLetter redrive(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable RedriveInput input) {
        return letters.redrive(org, job(id), DeadLetterInputs.version(input), caller.getName());
    }

    @Operation(operationId = "discardDeadLetter", summary = "Leave a failed step as it is, with a reason")
    @PostMapping(PATH + "/{id}:discard")
    DeadLetter discard(
            @CurrentOrg OrgId org, Principal caller, @PathVariable String id, @RequestBody @Valid DiscardInput input) {
        return letters.discard(org, job(id), input.reason(), caller.getName());
    }

    @Operation(
            operationId = "redriveDeadLetters",
            summary = "Try again all that a filter finds, page by page",
            description = "Send `next_cursor` as `cursor` until there is none.")
    @PostMapping(PATH + ":redrive")
    ManyAnswer redriveMany(@CurrentOrg OrgId org, Principal caller, @RequestBody @Valid RedriveManyInput input) {
        Position after = DeadLetterInputs.position(input.cursor());
        return ManyAnswer.of(letters.redrive(
                org, input.filterOrAll(), after, input.limitOrDefault(), input.versionOrPinned(), caller.getName()));
    }

    @Operation(
            operationId = "discardDeadLetters",
            summary = "Leave all that a filter finds as it is, page by page",
            description = "Send `next_cursor` as `cursor` until there is none.")
    @PostMapping(PATH + ":discard")
    ManyAnswer discardMany(@CurrentOrg OrgId org, Principal caller, @RequestBody @Valid DiscardManyInput input) {
        Position after = DeadLetterInputs.position(input.cursor());
        return ManyAnswer.of(letters.discard(
                org, input.filterOrAll(), after, input.limitOrDefault(), input.reason(), caller.getName()));
    }

    private static JobId job(String id) {
        try {
            return JobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("dead letter");
        }
    }
}
