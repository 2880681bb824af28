package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
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
    private final Workflows workflows;

    WorkflowController(Workflows workflows) {
        this.workflows = workflows;
    }

    @PostMapping
    ResponseEntity<Workflow> create(@CurrentOrg OrgId org, @RequestBody Map<String, @Nullable Object> document) {
        Workflow created = workflows.create(org, document);
        return ResponseEntity.created(URI.create("/v1/workflows/" + created.id()))
                .eTag(eTag(created))
                .body(created);
    }

    @GetMapping
    Page<Workflow> list(
            @CurrentOrg OrgId org,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return workflows.list(org, cursor, limit);
    }

    @GetMapping("/{id}")
    ResponseEntity<Workflow> get(@CurrentOrg OrgId org, @PathVariable WorkflowId id) {
        return answer(workflows.get(org, id));
    }

    @PutMapping("/{id}")
    ResponseEntity<Workflow> rewrite(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @RequestBody Map<String, @Nullable Object> document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(workflows.rewrite(org, id, document, revision(ifMatch)));
    }

    @PostMapping("/{id}:activate")
    ResponseEntity<Workflow> activate(@CurrentOrg OrgId org, @PathVariable WorkflowId id) {
        return answer(workflows.activate(org, id, true));
    }

    @PostMapping("/{id}:deactivate")
    ResponseEntity<Workflow> deactivate(@CurrentOrg OrgId org, @PathVariable WorkflowId id) {
        return answer(workflows.activate(org, id, false));
    }

    /** Executions under way go on to their end. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        workflows.delete(org, id, revision(ifMatch));
    }

    private static ResponseEntity<Workflow> answer(Workflow workflow) {
        return ResponseEntity.ok().eTag(eTag(workflow)).body(workflow);
    }

    private static String eTag(Workflow workflow) {
        return "\"" + workflow.rev() + "\"";
    }

    private static @Nullable Long revision(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "If-Match is not an ETag of a workflow.",
                    List.of(new FieldError("If-Match", "send the ETag of the answer that you read")),
                    e);
        }
    }
}
