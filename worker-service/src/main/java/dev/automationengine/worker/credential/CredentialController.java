package dev.automationengine.worker.credential;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.connectors.vault.CredentialSummary;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/** The credentials of the caller's organization. Secrets go in and never come out. */
@RestController
@RequestMapping("/v1/credentials")
class CredentialController {
    private final CredentialStore store;
    private final CredentialCheck check;

    CredentialController(CredentialStore store, CredentialCheck check) {
        this.store = store;
        this.check = check;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CredentialSummary create(@CurrentOrg OrgId org, @RequestBody @Valid CredentialInput input) {
        CredentialCheck.Checked checked = check.check(input);
        return store.create(org, input.kind(), input.name(), checked.attributes(), checked.secrets());
    }

    @GetMapping
    Page<CredentialSummary> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        List<CredentialSummary> found = store.list(org, cursor == null ? null : after(cursor), limit + 1);
        return Page.of(found, limit, last -> Cursor.encode(last.id().value()));
    }

    @GetMapping("/{id}")
    CredentialSummary get(@CurrentOrg OrgId org, @PathVariable String id) {
        return store.find(org, id(id)).orElseThrow(() -> ProblemException.notFound("credential"));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@CurrentOrg OrgId org, @PathVariable String id) {
        if (!store.delete(org, id(id))) {
            throw ProblemException.notFound("credential");
        }
    }

    private static CredentialId id(String text) {
        try {
            return new CredentialId(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("credential");
        }
    }

    private static CredentialId after(String cursor) {
        try {
            return new CredentialId(Cursor.decode(cursor, 1).getFirst());
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid(e);
        }
    }
}
