package dev.automationengine.gateway.retention;

import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/organizations/current/retention}. */
@RestController
@RequestMapping("/v1/organizations/current/retention")
class RetentionController {
    private final OrganizationRetention retention;

    RetentionController(OrganizationRetention retention) {
        this.retention = retention;
    }

    @Operation(operationId = "getRetention", summary = "How long the organization's data is kept, in days")
    @GetMapping
    RetentionView get(@CurrentOrg OrgId org) {
        return retention.view(org);
    }

    @Operation(
            operationId = "replaceRetention",
            summary = "Say how long data is kept; a shorter time holds for what there is, a longer one for what comes")
    @PutMapping
    RetentionView replace(@CurrentOrg OrgId org, @Valid @RequestBody Wanted wanted) {
        return retention.replace(org, wanted.days());
    }

    /**
     * What is wanted.
     *
     * @param days for {@code events}, {@code executions}, {@code dead_letters} and {@code execution_logs}; of those that
     *     are not named the installation says
     */
    record Wanted(@NotNull Map<String, @Nullable Integer> days) {}
}
