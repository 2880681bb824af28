package dev.automationengine.logging.privacy;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.privacy.SubjectHashes;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.logging.privacy.SubjectInputs.Person;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/privacy/requests}: where a person's data is, and its erasure. */
@RestController
@RequestMapping("/v1/privacy/requests")
class PrivacyController {
    private static final int MOST_LINES = 100;

    private final SubjectRequests requests;
    private final SubjectRequestStore store;
    private final SubjectExport export;
    private final SubjectHashes hashes;
    private final SubjectIndex index;
    private final InstantSource clock;

    PrivacyController(
            SubjectRequests requests,
            SubjectRequestStore store,
            SubjectExport export,
            SubjectHashes hashes,
            SubjectIndex index,
            InstantSource clock) {
        this.export = export;
        this.index = index;
        this.requests = requests;
        this.store = store;
        this.hashes = hashes;
        this.clock = clock;
    }

    @Operation(summary = "Search for a person by e-mail address and telephone number, or erase what is there")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt create(@CurrentOrg OrgId org, Principal caller, @RequestBody @Valid SubjectInputs inputs) {
        Person person = inputs.person();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return receipt(requests.accept(SubjectRequest.begin(
                id(now.toEpochMilli()),
                org,
                Objects.requireNonNull(inputs.kind()),
                person.contacts().stream().map(c -> hashes.hash(org, c)).toList(),
                index.traces(org, person.contacts()),
                person.region(),
                caller.getName(),
                now)));
    }

    @Operation(summary = "Requests about people, the newest first")
    @GetMapping
    Page<SubjectRequest> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String after = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(store.list(org, after, limit + 1), limit, last -> Cursor.encode(last.id()));
    }

    @Operation(summary = "The receipt of a request: what was found where, what was erased, by whom and when")
    @GetMapping("/{id}")
    Receipt get(@CurrentOrg OrgId org, @PathVariable String id) {
        return receipt(request(org, id));
    }

    @Operation(summary = "What a request found, and where the API shows it")
    @GetMapping("/{id}/findings")
    Page<Found> findings(
            @CurrentOrg OrgId org,
            @PathVariable String id,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String request = request(org, id).id();
        return Page.of(store.findings(org, request, after(cursor), limit + 1), limit, last -> cursor(request, last));
    }

    @Operation(
            summary = "The person's data that a request of the kind export found, as a file: one JSON document a line;"
                    + " the header X-Next-Cursor tells where to go on")
    @GetMapping(path = "/{id}:export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<String> export(
            @CurrentOrg OrgId org,
            @PathVariable String id,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MOST_LINES) int limit,
            @RequestParam @Nullable String cursor) {
        SubjectRequest request = request(org, id);
        Page<Found> page =
                Page.of(store.findings(org, id, after(cursor), limit + 1), limit, last -> cursor(request.id(), last));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + request.id() + ".jsonl\"");
        String next = page.nextCursor();
        return (next == null ? answer : answer.header("X-Next-Cursor", next)).body(export.lines(request, page.items()));
    }

    private static @Nullable String after(@Nullable String cursor) {
        return cursor == null ? null : String.join(":", Cursor.decode(cursor, 3));
    }

    private static String cursor(String request, Found last) {
        return Cursor.encode(request, last.collection(), last.id());
    }

    private SubjectRequest request(OrgId org, String id) {
        return store.find(org, id).orElseThrow(() -> ProblemException.notFound("request about a person"));
    }

    private Receipt receipt(SubjectRequest request) {
        return Receipt.of(request, store);
    }

    private static String id(long millis) {
        // Sorts by time.
        return "subj_%011x%s".formatted(millis, UUID.randomUUID().toString().substring(24));
    }
}
