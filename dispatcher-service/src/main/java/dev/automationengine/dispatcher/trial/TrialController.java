package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.trial.TrialInputs.StepInput;
import dev.automationengine.dispatcher.trial.TrialInputs.TestInput;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Tests of workflows over HTTP. */
@RestController
@ShowsPeople
class TrialController {
    private static final String PATH = "/v1/workflows";

    private final Trials trials;
    private final LiveSteps steps;

    TrialController(Trials trials, LiveSteps steps) {
        this.trials = trials;
        this.steps = steps;
    }

    /** Runs a version with a sample or a past event, without effects. */
    @Operation(operationId = "testWorkflow", summary = "Run a version with a sample or a past event, without effects")
    @PostMapping(PATH + "/{id}:test")
    TrialReport test(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @RequestBody(required = false) @Valid @Nullable TestInput input) {
        TestInput given = input == null ? TestInput.EMPTY : input;
        if (given.definition() != null) {
            throw invalid("/definition", "belongs to /v1/workflows:test; this one tests the workflow that it names");
        }
        return trials.test(org, id, given);
    }

    /** Runs a definition that comes with the request, without effects. */
    @Operation(
            operationId = "testDefinition",
            summary = "Run a definition that comes with the request, without effects")
    @PostMapping(PATH + ":test")
    TrialReport test(@CurrentOrg OrgId org, @RequestBody @Valid TestInput input) {
        Map<String, @Nullable Object> definition = input.definition();
        if (definition == null) {
            throw invalid("/definition", "is missing: the workflow to test");
        }
        return trials.test(org, definition, input);
    }

    /** Does one step for real, as an execution of its own. */
    @Operation(operationId = "testWorkflowStep", summary = "Do one step for real, as an execution of its own")
    @ApiResponse(responseCode = "202", description = "The execution, which begins", useReturnTypeSchema = true)
    @PostMapping(PATH + "/{id}:test-step")
    ResponseEntity<Started> testStep(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = RerunController.IDEMPOTENCY_KEY, required = false)
                    @Size(min = 1, max = RerunController.MAX_KEY)
                    @Nullable
                    String key,
            @RequestBody @Valid StepInput input) {
        return Started.answer(steps.start(org, id, input, key, caller.getName()));
    }

    private static ProblemException invalid(String pointer, String reason) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The test cannot be run.", List.of(new FieldError(pointer, reason)));
    }
}
