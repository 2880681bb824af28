package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a workflow said before, over HTTP. */
@RestController
@RequestMapping("/v1/workflows/{id}/versions")
class VersionController {
    private final WorkflowHistory history;
    private final Workflows workflows;

    VersionController(WorkflowHistory history, Workflows workflows) {
        this.history = history;
        this.workflows = workflows;
    }

    /** Newest first. */
    @Operation(operationId = "listWorkflowVersions", summary = "List the versions of a workflow, the newest first")
    @GetMapping
    Page<Version> list(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return history.list(org, id, cursor, limit).map(Version::of);
    }

    @Operation(operationId = "getWorkflowVersion", summary = "What a version says")
    @GetMapping("/{version}")
    Version get(@CurrentOrg OrgId org, @PathVariable WorkflowId id, @PathVariable @Min(1) int version) {
        return Version.of(history.get(org, id, version));
    }

    /** What has to be done to a version to get another one, or the draft. */
    @Operation(
            operationId = "diffWorkflowVersion",
            summary = "What has to be done to a version to get another one, or the draft")
    @GetMapping("/{version}:diff")
    Difference diff(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @PathVariable @Min(1) int version,
            @Parameter(description = "The number of the other version, or draft") @RequestParam(defaultValue = "draft")
                    String to) {
        return Difference.between(history.get(org, id, version).content(), history.content(org, id, to));
    }

    /** Makes what a version says the next version. */
    @Operation(operationId = "rollbackWorkflow", summary = "Make what a version says the next version")
    @PostMapping("/{version}:rollback")
    ResponseEntity<Workflow> rollback(
            @CurrentOrg OrgId org,
            Principal caller,
            @PathVariable WorkflowId id,
            @PathVariable @Min(1) int version,
            @RequestBody(required = false) @Valid WorkflowController.@Nullable NoteInput input,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return WorkflowController.answer(workflows.rollback(
                WorkflowController.change(org, caller, ifMatch),
                id,
                history.get(org, id, version),
                input == null ? null : input.note()));
    }

    /**
     * A version.
     *
     * @param workflowId the workflow
     * @param version its number
     * @param content what it says
     * @param publication who made it the one that runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            WorkflowId workflowId,
            int version,
            @JsonUnwrapped Content content,
            @Nullable Publication publication) {
        static Version of(Workflow workflow) {
            return new Version(workflow.id(), workflow.version(), workflow.content(), workflow.publication());
        }
    }
}
