package dev.automationengine.dispatcher.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do with executions. They are read at the logging-service. */
@RestController
@RequestMapping("/v1/executions")
class ExecutionController {
    private final Cancellations cancellations;

    ExecutionController(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    @Operation(
            operationId = "cancelExecution",
            summary = "Cancel an execution; what a worker is doing comes to its end")
    @PostMapping("/{id}:cancel")
    Answer cancel(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable ExecutionId id,
            @RequestBody(required = false) @Valid @Nullable CancelInput input) {
        return Answer.of(cancellations.cancel(org, id, caller.getName(), input == null ? null : input.reason()));
    }

    /** Why a person cancels. */
    record CancelInput(
            @Size(max = Cancellation.MAX_REASON) @Nullable String reason) {}

    /** Where the execution stands now. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            ExecutionId executionId,
            ExecutionStatus status,
            @Nullable Cancellation cancellation) {
        static Answer of(Execution execution) {
            return new Answer(execution.id(), execution.status(), execution.cancellation());
        }
    }
}
