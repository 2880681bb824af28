package dev.automationengine.gateway.apikey;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
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
    NewApiKey create(@CurrentOrg OrgId org, @Valid @RequestBody WantedKey wanted) {
        return keys.create(org, wanted.name());
    }

    @Operation(summary = "List the organization's API keys, without their texts")
    @GetMapping
    Page<Listed> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String afterId = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(keys.list(org, afterId, limit + 1), limit, key -> Cursor.encode(key.id()))
                .map(key -> new Listed(key.id(), key.name(), key.createdAt()));
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
     * The body of a creation.
     *
     * @param name what its owner calls it, 1 to 200 characters
     */
    record WantedKey(@NotBlank @Size(max = 200) String name) {}

    /**
     * A key in a list.
     *
     * @param id the key's id
     * @param name what its owner calls it
     * @param createdAt when it was made
     */
    record Listed(String id, String name, Instant createdAt) {}
}
