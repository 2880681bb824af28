package dev.automationengine.trigger.run;

import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.trigger.intake.InboundIntake;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
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

    /** A run with {@code {"input": {...}}}: 202 once Kafka has it, whatever the workflow's own trigger is. */
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
