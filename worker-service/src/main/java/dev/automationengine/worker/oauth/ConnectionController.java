package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.ConnectionList;
import dev.automationengine.connectors.vault.ConnectionSummary;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.credential.CredentialCheck;
import dev.automationengine.worker.credential.CredentialIds;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The organization's connections by OAuth: credentials whose tokens a third party gives. */
@RestController
@RequestMapping("/v1/connections")
class ConnectionController {
    private static final String WHAT = "connection";

    private final Providers providers;
    private final Authorizations authorizations;
    private final ConnectionList connections;
    private final CredentialCheck check;

    ConnectionController(
            Providers providers, Authorizations authorizations, ConnectionList connections, CredentialCheck check) {
        this.providers = providers;
        this.authorizations = authorizations;
        this.connections = connections;
        this.check = check;
    }

    @Operation(
            operationId = "authorizeConnection",
            summary = "Begin to connect a third party, or to connect it anew",
            description = "Open authorization_url in your own browser within the time; the third party sends you back.")
    @PostMapping("/{connector}:authorize")
    Authorizations.Begun authorize(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable String connector,
            @RequestBody @Valid ConnectionInput input) {
        OAuthProvider provider = providers.ofConnector(connector);
        String known = input.credentialId();
        CredentialId id = known == null ? CredentialId.random() : existing(org, provider, known);
        Map<String, String> attributes = known == null ? check.attributes(provider, input.attributes()) : Map.of();
        String name = Objects.requireNonNullElse(input.name(), connector);
        return authorizations.begin(org, provider, id, name, attributes, caller.getName());
    }

    @Operation(operationId = "listConnections", summary = "List connections by OAuth and whether they work")
    @GetMapping
    Page<ConnectionSummary> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        List<ConnectionSummary> found = connections.list(org, CredentialIds.after(cursor), limit + 1);
        return Page.of(found, limit, last -> Cursor.encode(last.credentialId().value()));
    }

    @Operation(operationId = "getConnection", summary = "A connection by OAuth, and whether it works")
    @GetMapping("/{id}")
    ConnectionSummary get(@CurrentOrg OrgId org, @PathVariable String id) {
        return connections.find(org, CredentialIds.read(id, WHAT)).orElseThrow(() -> ProblemException.notFound(WHAT));
    }

    private CredentialId existing(OrgId org, OAuthProvider provider, String text) {
        CredentialId id = CredentialIds.read(text, WHAT);
        return connections
                .find(org, id)
                .filter(connection -> connection.kind().equals(provider.kind()))
                .map(ConnectionSummary::credentialId)
                .orElseThrow(() -> ProblemException.notFound(WHAT));
    }
}
