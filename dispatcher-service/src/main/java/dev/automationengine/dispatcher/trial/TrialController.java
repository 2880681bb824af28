package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.trial.TrialInputs.TestInput;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tests of workflows over HTTP. */
@RestController
class TrialController {
    private static final String PATH = "/v1/workflows";

    private final Trials trials;

    TrialController(Trials trials) {
        this.trials = trials;
    }

    /** Runs a version with a sample or a past event, without effects. */
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
    @PostMapping(PATH + ":test")
    TrialReport test(@CurrentOrg OrgId org, @RequestBody @Valid TestInput input) {
        Map<String, @Nullable Object> definition = input.definition();
        if (definition == null) {
            throw invalid("/definition", "is missing: the workflow to test");
        }
        return trials.test(org, definition, input);
    }

    private static ProblemException invalid(String pointer, String reason) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The test cannot be run.", List.of(new FieldError(pointer, reason)));
    }
}
