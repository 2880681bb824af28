package dev.automationengine.worker.credential;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.connectors.vault.CredentialSummary;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.kit.web.RevisionTag;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The credentials of the caller's organization. Secrets go in and never come out. */
@RestController
@RequestMapping("/v1/credentials")
class CredentialController {
    private static final String WHAT = "credential";

    private final CredentialStore store;
    private final CredentialCheck check;
    private final CredentialReplacement replacement;
    private final Grants grants;

    CredentialController(
            CredentialStore store, CredentialCheck check, CredentialReplacement replacement, Grants grants) {
        this.store = store;
        this.check = check;
        this.replacement = replacement;
        this.grants = grants;
    }

    @Operation(operationId = "createCredential", summary = "Store a credential; its secrets are never shown again")
    @PostMapping
    ResponseEntity<CredentialSummary> create(@CurrentOrg OrgId org, @RequestBody @Valid CredentialInput input) {
        CredentialCheck.Checked checked = check.check(input);
        CredentialSummary made = store.create(org, input.kind(), input.name(), checked.attributes(), checked.secrets());
        return ResponseEntity.created(URI.create("/v1/credentials/" + made.id()))
                .eTag(RevisionTag.of(made.rev()))
                .body(made);
    }

    /** In place: workflows, connections and waiting jobs that name the credential go on with the new secrets. */
    @PutMapping("/{id}")
    ResponseEntity<CredentialSummary> replace(
            @CurrentOrg OrgId org,
            @PathVariable String id,
            @RequestBody @Valid CredentialReplacement.Input input,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(replacement.replace(org, CredentialIds.read(id, WHAT), input, ifMatch));
    }

    @Operation(operationId = "listCredentials", summary = "List credentials, without their secrets")
    @GetMapping
    Page<CredentialSummary> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        List<CredentialSummary> found = store.list(org, CredentialIds.after(cursor), limit + 1);
        return Page.of(found, limit, last -> Cursor.encode(last.id().value()));
    }

    @Operation(operationId = "getCredential", summary = "A credential, without its secrets")
    @GetMapping("/{id}")
    ResponseEntity<CredentialSummary> get(@CurrentOrg OrgId org, @PathVariable String id) {
        return answer(store.find(org, CredentialIds.read(id, WHAT)).orElseThrow(() -> ProblemException.notFound(WHAT)));
    }

    @Operation(operationId = "deleteCredential", summary = "Delete a credential")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@CurrentOrg OrgId org, @PathVariable String id) {
        CredentialId known = CredentialIds.read(id, WHAT);
        Runnable revocation = grants.revocation(org, known);
        if (!store.delete(org, known)) {
            throw ProblemException.notFound(WHAT);
        }
        revocation.run();
    }

    private static ResponseEntity<CredentialSummary> answer(CredentialSummary summary) {
        return ResponseEntity.ok().eTag(RevisionTag.of(summary.rev())).body(summary);
    }
}
