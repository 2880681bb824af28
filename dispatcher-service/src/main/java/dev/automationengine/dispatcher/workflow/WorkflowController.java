package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.kit.web.RevisionTag;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Workflows over HTTP. The ETag is the revision; If-Match is optional. */
@RestController
@RequestMapping("/v1/workflows")
class WorkflowController {
    private static final String IF_MATCH = "If-Match";

    private final Workflows workflows;

    WorkflowController(Workflows workflows) {
        this.workflows = workflows;
    }

    /** Live at once, unless the document says {@code is_active: false}: then it is a draft. */
    @Operation(
            operationId = "createWorkflow",
            summary = "Create a workflow",
            description = "Live at once, unless the document says `is_active: false`: then it is a draft.")
    @ApiResponse(
            responseCode = "201",
            description = "The workflow",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", ref = "#/components/headers/ETag"))
    @WorkflowDocument.Body
    @PostMapping
    ResponseEntity<Workflow> create(
            @CurrentOrg OrgId org,
            Principal caller,
            @RequestBody Map<String, @Nullable Object> document,
            @RequestHeader(name = "Idempotency-Key", required = false) @Size(min = 1, max = 255) @Nullable String key) {
        Workflow created = workflows.create(change(org, caller, null), document, key);
        return ResponseEntity.created(URI.create("/v1/workflows/" + created.id()))
                .eTag(eTag(created))
                .body(created);
    }

    /** Newest first; {@code label=name:value} may come several times. */
    @Operation(operationId = "listWorkflows", summary = "List workflows, the newest first")
    @GetMapping
    Page<Workflow> list(
            @CurrentOrg OrgId org,
            @RequestParam(required = false, defaultValue = "") List<String> label,
            @RequestParam(required = false) @Size(max = 100) @Nullable String q,
            @RequestParam(required = false) @Nullable Boolean active,
            @RequestParam(required = false) @Nullable String trigger,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return workflows.list(org, new WorkflowFilter(labels(label), q, active, trigger), cursor, limit);
    }

    @Operation(operationId = "getWorkflow", summary = "A workflow with its draft")
    @ApiResponse(
            responseCode = "200",
            description = "The workflow",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", ref = "#/components/headers/ETag"))
    @GetMapping("/{id}")
    ResponseEntity<Workflow> get(@CurrentOrg OrgId org, @PathVariable WorkflowId id) {
        return answer(workflows.get(org, id));
    }

    /** Writes the draft; with {@code publish=true}, or {@code is_active: true} in the document, the next version. */
    @Operation(
            operationId = "rewriteWorkflow",
            summary = "Write the draft of a workflow",
            description =
                    "With `publish=true`, or `is_active: true` in the document, it becomes the next version at once.")
    @WorkflowDocument.Body
    @PutMapping("/{id}")
    ResponseEntity<Workflow> rewrite(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestParam(defaultValue = "false") boolean publish,
            @RequestBody Map<String, @Nullable Object> document,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(workflows.rewrite(change(org, caller, ifMatch), id, document, publish));
    }

    /** Makes the draft the version that new executions follow. */
    @Operation(operationId = "publishWorkflow", summary = "Make the draft the version that new executions follow")
    @PostMapping("/{id}:publish")
    ResponseEntity<Workflow> publish(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestBody(required = false) @Valid @Nullable NoteInput input,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(workflows.publish(change(org, caller, ifMatch), id, input == null ? null : input.note()));
    }

    @Operation(operationId = "discardWorkflowDraft", summary = "Throw the draft away; what runs stays")
    @DeleteMapping("/{id}/draft")
    ResponseEntity<Workflow> discard(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(workflows.discard(change(org, caller, ifMatch), id));
    }

    @Operation(operationId = "activateWorkflow", summary = "Let events start executions")
    @PostMapping("/{id}:activate")
    ResponseEntity<Workflow> activate(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(workflows.activate(change(org, caller, ifMatch), id, true));
    }

    @Operation(operationId = "deactivateWorkflow", summary = "Start no more executions; those under way go on")
    @PostMapping("/{id}:deactivate")
    ResponseEntity<Workflow> deactivate(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(workflows.activate(change(org, caller, ifMatch), id, false));
    }

    /** Executions under way go on to their end. */
    @Operation(operationId = "deleteWorkflow", summary = "Delete a workflow; executions under way go on to their end")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch) {
        workflows.delete(change(org, caller, ifMatch), id);
    }

    /** Why somebody publishes. */
    record NoteInput(@Size(max = 500) @Nullable String note) {}

    private static Map<String, String> labels(List<String> given) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : given) {
            int end = label.indexOf(':');
            if (end < 1) {
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        "A label cannot be read.",
                        List.of(new FieldError("label", "send name:value")));
            }
            labels.put(label.substring(0, end), label.substring(end + 1));
        }
        return labels;
    }

    static Workflows.Change change(OrgId org, Principal caller, @Nullable String ifMatch) {
        return new Workflows.Change(org, caller.getName(), RevisionTag.read(ifMatch));
    }

    static ResponseEntity<Workflow> answer(Workflow workflow) {
        return ResponseEntity.ok().eTag(eTag(workflow)).body(workflow);
    }

    static String eTag(Workflow workflow) {
        return RevisionTag.of(workflow.rev());
    }
}
