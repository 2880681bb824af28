package dev.automationengine.dispatcher.trial;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Replays over HTTP. */
@RestController
@ShowsPeople
class ReplayController {
    private static final String PATH = "/v1/replays";

    private final Replays replays;
    private final ReplayStore store;

    ReplayController(Replays replays, ReplayStore store) {
        this.replays = replays;
        this.store = store;
    }

    /** Takes up past events with a version of a workflow. */
    @Operation(
            operationId = "replayEvents",
            summary = "Take up past events with a version of a workflow",
            description = "As a shadow nothing is done and differences are told; live, it acts.")
    @ApiResponse(responseCode = "202", description = "The replay, which begins", useReturnTypeSchema = true)
    @PostMapping("/v1/workflows/{id}:replay")
    ResponseEntity<Replay> create(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = RerunController.IDEMPOTENCY_KEY, required = false)
                    @Size(min = 1, max = RerunController.MAX_KEY)
                    @Nullable
                    String key,
            @RequestBody @Valid ReplayInput input) {
        Replay replay = replays.create(org, id, input, key, caller.getName());
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + replay.id()))
                .body(replay);
    }

    @Operation(operationId = "listReplays", summary = "List replays, the newest first")
    @GetMapping(PATH)
    Page<Replay> list(
            @CurrentOrg OrgId org,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        List<String> keys = cursor == null ? List.of() : Cursor.decode(cursor, 2);
        return Page.of(
                store.list(
                        org,
                        keys.isEmpty() ? null : time(keys.getFirst()),
                        keys.isEmpty() ? null : keys.getLast(),
                        limit + 1),
                limit,
                last -> Cursor.encode(last.createdAt().toString(), last.id()));
    }

    @Operation(operationId = "getReplay", summary = "A replay and how far it is")
    @GetMapping(PATH + "/{id}")
    Replay get(@CurrentOrg OrgId org, @PathVariable String id) {
        return replays.get(org, id);
    }

    /** What became of each event. */
    @Operation(operationId = "listReplayResults", summary = "What became of each event of a replay")
    @GetMapping(PATH + "/{id}/results")
    Page<ReplayResult> results(
            @CurrentOrg OrgId org,
            @PathVariable String id,
            @RequestParam(required = false) ReplayResult.@Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        String after = cursor == null ? "" : Cursor.decode(cursor, 1).getFirst();
        return Page.of(
                store.results(org, replays.get(org, id).id(), outcome, after, limit + 1),
                limit,
                last -> Cursor.encode(last.eventId().value()));
    }

    @Operation(operationId = "cancelReplay", summary = "End a replay")
    @PostMapping(PATH + "/{id}:cancel")
    Replay cancel(@CurrentOrg OrgId org, @PathVariable String id) {
        return replays.cancel(org, id);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Cursor.invalid(e);
        }
    }

    /**
     * Which events are taken up, and how.
     *
     * @param from received at this time or later
     * @param to received before this time; null: now
     * @param type only events of this type
     * @param source only events of this source
     * @param version by which version; null: the newest
     * @param mode with or without effects
     * @param limit how many events at most
     * @param perSecond how many executions are started a second; only live
     * @param confirmEffects that the caller knows that a live replay acts at third parties
     */
    record ReplayInput(
            @NotNull Instant from,
            @Nullable Instant to,
            @Size(max = 200) @Nullable String type,
            @Size(max = 500) @Nullable String source,
            @Min(1) @Nullable Integer version,
            Replay.@NotNull Mode mode,
            @Min(1) @Max(MAX_EVENTS) @Nullable Integer limit,
            @Min(1) @Max(MAX_PER_SECOND) @Nullable Integer perSecond,
            @Nullable Boolean confirmEffects) {
        private static final int MAX_EVENTS = 10_000;
        private static final int DEFAULT_EVENTS = 1_000;
        private static final int MAX_PER_SECOND = 100;
        private static final int DEFAULT_PER_SECOND = 10;

        int limitOrDefault() {
            return limit == null ? DEFAULT_EVENTS : limit;
        }

        int perSecondOrDefault() {
            return perSecond == null ? DEFAULT_PER_SECOND : perSecond;
        }
    }
}
