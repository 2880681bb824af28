package dev.automationengine.gateway.organization;

import dev.automationengine.gateway.organization.OrganizationService.Created;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.organization.Plan;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/organizations}. */
@RestController
@RequestMapping("/v1/organizations")
class OrganizationController {
    private final Organizations organizations;
    private final OrganizationService service;
    private final List<PlanChange> planChanges;

    OrganizationController(Organizations organizations, OrganizationService service, List<PlanChange> planChanges) {
        this.planChanges = List.copyOf(planChanges);
        this.organizations = organizations;
        this.service = service;
    }

    @Operation(summary = "Create an organization and its first API key, which is shown this once. For the operator.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Created create(@Valid @RequestBody NewOrganization wanted) {
        return service.create(wanted.name(), wanted.owner());
    }

    @Operation(operationId = "getOrganization", summary = "The caller's organization")
    @GetMapping("/current")
    Organization current(@CurrentOrg OrgId org) {
        return organizations.require(org);
    }

    @Operation(operationId = "changeOrganization", summary = "Rename the caller's organization")
    @PatchMapping("/current")
    Organization change(@CurrentOrg OrgId org, @Valid @RequestBody Change change) {
        return change.name() == null ? organizations.require(org) : organizations.rename(org, change.name());
    }

    @Operation(operationId = "changePlan", summary = "Give an organization another plan. For the operator.")
    @PutMapping("/{id}/plan")
    Organization changePlan(@PathVariable OrgId id, @Valid @RequestBody Subscription subscription) {
        organizations.require(id);
        planChanges.forEach(each -> each.before(id, subscription.plan()));
        return organizations.subscribe(id, subscription.plan());
    }

    /**
     * What may be changed; what is left out stays. The plan is not among it: limits that whom they bind could lift were
     * none.
     *
     * @param name what people call it, 1 to 200 characters
     * @param plan refused: who sends it would take it for changed
     */
    record Change(
            @Nullable @Size(min = 1, max = 200) String name,

            @Schema(hidden = true) @Null(message = "is the operator's to change: leave it out") @Nullable
            Plan plan) {}

    /**
     * What an organization subscribes to.
     *
     * @param plan the plan
     */
    record Subscription(@NotNull Plan plan) {}

    /**
     * The body of a creation.
     *
     * @param name what people call it, 1 to 200 characters
     * @param owner its first user; without one, programs alone use it
     */
    record NewOrganization(
            @NotBlank @Size(max = 200) String name,
            @Valid @Nullable NewUser owner) {}
}
