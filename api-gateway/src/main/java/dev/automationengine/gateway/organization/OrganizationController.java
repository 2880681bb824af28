package dev.automationengine.gateway.organization;

import dev.automationengine.gateway.apikey.ApiKeys;
import dev.automationengine.gateway.apikey.NewApiKey;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/organizations}. */
@RestController
@RequestMapping("/v1/organizations")
class OrganizationController {
    private static final String FIRST_KEY = "first key";

    private final Organizations organizations;
    private final ApiKeys apiKeys;

    OrganizationController(Organizations organizations, ApiKeys apiKeys) {
        this.organizations = organizations;
        this.apiKeys = apiKeys;
    }

    @Operation(summary = "Create an organization and its first API key, which is shown this once. For the operator.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Created create(@Valid @RequestBody NewOrganization wanted) {
        // The organization first: a key of none would be worse than an organization that nobody can use.
        Organization organization = organizations.create(wanted.name());
        return new Created(organization, apiKeys.create(organization.id(), FIRST_KEY));
    }

    @Operation(summary = "The caller's organization")
    @GetMapping("/current")
    Organization current(@CurrentOrg OrgId org) {
        return organizations.find(org).orElseThrow(() -> ProblemException.notFound("organization"));
    }

    /**
     * The body of a creation.
     *
     * @param name what people call it, 1 to 200 characters
     */
    record NewOrganization(@NotBlank @Size(max = 200) String name) {}

    /**
     * What was created.
     *
     * @param organization the organization
     * @param apiKey its first key
     */
    record Created(Organization organization, NewApiKey apiKey) {}
}
