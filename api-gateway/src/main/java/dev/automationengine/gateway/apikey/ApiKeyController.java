package dev.automationengine.gateway.apikey;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import dev.automationengine.gateway.access.Scope;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/api-keys}. */
@RestController
@RequestMapping("/v1/api-keys")
class ApiKeyController {
    private final ApiKeys keys;
    private final ApiKeyAuthenticator authenticator;

    ApiKeyController(ApiKeys keys, ApiKeyAuthenticator authenticator) {
        this.keys = keys;
        this.authenticator = authenticator;
    }

    @Operation(summary = "Create an API key; its text is shown this once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    NewApiKey create(@CurrentCaller Caller caller, @Valid @RequestBody WantedKey wanted) {
        return keys.create(caller, wanted);
    }

    @Operation(summary = "List the organization's API keys, without their texts")
    @GetMapping
    Page<Listed> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String afterId = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(keys.list(org, afterId, limit + 1), limit, key -> Cursor.encode(key.id()))
                .map(Listed::of);
    }

    @Operation(summary = "Delete an API key; other replicas of the gateway may accept it for 10 seconds more")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@CurrentOrg OrgId org, @PathVariable String id) {
        if (!keys.delete(org, id)) {
            throw ProblemException.notFound("API key");
        }
        authenticator.forget(id);
    }

    /**
     * A key in a list.
     *
     * @param id the key's id
     * @param prefix what its text begins with; the rest is secret
     * @param name what its owner calls it
     * @param scopes what it may do
     * @param createdAt when it was made
     * @param createdBy the user or key that made it; null if the operator did
     * @param expiresAt when it ends; null for never
     * @param lastUsedAt when it was used last, a minute or so ago or longer; null for never
     */
    record Listed(
            String id,
            String prefix,
            String name,
            List<Scope> scopes,
            Instant createdAt,
            @Nullable String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static Listed of(ApiKey key) {
            return new Listed(
                    key.id(),
                    KeyText.PREFIX + key.id(),
                    key.name(),
                    key.scopes().stream().sorted().toList(),
                    key.createdAt(),
                    key.createdBy(),
                    key.expiresAt(),
                    key.lastUsedAt());
        }
    }
}
