package dev.automationengine.gateway.audit;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/audit-log}: who changed what, oldest first. */
@RestController
class AuditController {
    private static final String PATH = "/v1/audit-log";
    private static final int MOST_LINES = 1_000;

    private final AuditLog audit;
    private final AuditVerification verification;
    private final JsonMapper json;

    AuditController(AuditLog audit, AuditVerification verification, JsonMapper json) {
        this.audit = audit;
        this.verification = verification;
        this.json = json;
    }

    @Operation(summary = "List the changes that the organization's users and keys asked for, oldest first")
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Page<AuditRecord> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        return Page.of(audit.list(org, after(cursor), limit + 1), limit, AuditController::cursor);
    }

    @Operation(summary = "Export the same, one JSON document a line; the header X-Next-Cursor tells where to go on")
    @GetMapping(path = PATH + ":export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<String> export(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(MOST_LINES) int limit,
            @RequestParam @Nullable String cursor) {
        List<AuditRecord> records = audit.list(org, after(cursor), limit);
        StringBuilder lines = new StringBuilder();
        records.forEach(each -> lines.append(json.writeValueAsString(each)).append('\n'));
        // Also behind the last one, so that the next export begins there.
        String next = records.isEmpty() ? cursor : cursor(records.getLast());
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON);
        return (next == null ? answer : answer.header("X-Next-Cursor", next)).body(lines.toString());
    }

    @Operation(summary = "Verify that no record was changed, removed or put in between, 10,000 records at a time")
    @GetMapping(PATH + ":verify")
    AuditVerification.Verdict verify(@CurrentOrg OrgId org, @RequestParam @Nullable String cursor) {
        return verification.verify(org, after(cursor));
    }

    private static String cursor(AuditRecord last) {
        return Cursor.encode(Long.toString(last.number()));
    }

    private static long after(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(Cursor.decode(cursor, 1).getFirst()));
        } catch (NumberFormatException e) {
            throw Cursor.invalid(e);
        }
    }
}
