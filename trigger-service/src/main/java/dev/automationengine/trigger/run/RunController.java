package dev.automationengine.trigger.run;

import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.trigger.intake.InboundIntake;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Runs a workflow because somebody asks for it. */
@RestController
class RunController {
    private final RunRequests requests;
    private final InboundIntake intake;
    private final MeterRegistry meters;

    RunController(RunRequests requests, InboundIntake intake, MeterRegistry meters) {
        this.requests = requests;
        this.intake = intake;
        this.meters = meters;
    }

    /** Under which ids the run is found; the same for a request that is repeated with the same {@code Idempotency-Key}. */
    record Accepted(EventId eventId, ExecutionId executionId) {}

    /** The body, for the OpenAPI document alone: the reader of requests finds every mistake in what comes. */
    @Schema(example = "{\"input\": {\"email\": \"joe@example.com\"}}")
    record RunInput(@Nullable Map<String, Object> input) {}

    /** A run with {@code {"input": {...}}}: 202 once Kafka has it, whatever the workflow's own trigger is. */
    @Operation(
            operationId = "runWorkflow",
            summary = "Run an active workflow with an input, whatever its own trigger is",
            description = "The ids that are answered are the same for a repeated `Idempotency-Key`.")
    @ApiResponse(responseCode = "202", description = "Where the run will be found", useReturnTypeSchema = true)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RunInput.class)))
    @PostMapping("/v1/workflows/{id}:run")
    ResponseEntity<Accepted> run(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request) {
        InboundMessage.ManualRun run = requests.read(org, id, key, request);
        intake.accept(run);
        meters.counter("engine.trigger.runs").increment();
        EventId event = RunEvents.manualEventId(org, id, run.id());
        Accepted accepted = new Accepted(event, ExecutionId.of(event, id));
        return ResponseEntity.accepted()
                .location(URI.create("/v1/executions/" + accepted.executionId()))
                .body(accepted);
    }
}
