package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.redrive.Redrives.Version;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Executions that are run again. */
@RestController
@ShowsPeople
@RequestMapping("/v1/executions")
class RerunController {
    /** The header by which a repeated call is recognised. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The most characters of it. */
    static final int MAX_KEY = 255;

    private final Reruns reruns;

    RerunController(Reruns reruns) {
        this.reruns = reruns;
    }

    /** From the start, as a new execution. */
    @Operation(operationId = "rerunExecution", summary = "Run again from the start, as a new execution")
    @ApiResponse(responseCode = "202", description = "The execution, which begins", useReturnTypeSchema = true)
    @PostMapping("/{id}:rerun")
    ResponseEntity<Started> rerun(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable ExecutionId id,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Size(min = 1, max = MAX_KEY) @Nullable String key,
            @RequestBody(required = false) @Nullable VersionInput input) {
        return Started.answer(reruns.rerun(org, id, VersionInput.of(input), key, caller.getName()));
    }

    /** On from the step that failed, as a new execution. */
    @Operation(operationId = "resumeExecution", summary = "Go on from the step that failed, as a new execution")
    @ApiResponse(responseCode = "202", description = "The execution, which begins", useReturnTypeSchema = true)
    @PostMapping("/{id}:resume")
    ResponseEntity<Started> resume(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable ExecutionId id,
            @RequestBody(required = false) @Nullable VersionInput input) {
        return Started.answer(reruns.resume(org, id, VersionInput.of(input), caller.getName()));
    }

    /** Which version to follow; the same as before if nothing is said. */
    record VersionInput(@Nullable Version version) {
        static Version of(@Nullable VersionInput input) {
            return input == null || input.version() == null ? Version.PINNED : input.version();
        }
    }
}
