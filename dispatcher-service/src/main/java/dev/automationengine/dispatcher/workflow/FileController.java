package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Workflows as files, over HTTP. */
@RestController
class FileController {
    private final WorkflowFiles files;

    FileController(WorkflowFiles files) {
        this.files = files;
    }

    /** What a version says, or the draft, or without one what runs. */
    @Operation(
            operationId = "exportWorkflow",
            summary = "A workflow as a file",
            description = "Credentials and other workflows are named, so that another organization can import it.")
    @GetMapping("/v1/workflows/{id}:export")
    ResponseEntity<WorkflowFile> export(
            @CurrentOrg OrgId org,
            @PathVariable WorkflowId id,
            @Parameter(description = "The number of a version, or draft") @RequestParam(defaultValue = "draft")
                    String version) {
        ContentDisposition file =
                ContentDisposition.attachment().filename(id + ".workflow.json").build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .body(files.file(org, id, version));
    }

    /** Makes a draft of a file; nothing runs before it is activated. */
    @Operation(operationId = "importWorkflow", summary = "Make a draft of a file; nothing runs before it is activated")
    @ApiResponse(
            responseCode = "201",
            description = "The workflow",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", ref = "#/components/headers/ETag"))
    @PostMapping("/v1/workflows:import")
    ResponseEntity<Workflow> bring(
            @CurrentOrg OrgId org,
            Principal caller,
            @RequestBody @Valid WorkflowFile file,
            @RequestHeader(name = "Idempotency-Key", required = false) @Size(min = 1, max = 255) @Nullable String key) {
        Workflow made = files.make(WorkflowController.change(org, caller, null), file, key);
        return ResponseEntity.created(URI.create("/v1/workflows/" + made.id()))
                .eTag(WorkflowController.eTag(made))
                .body(made);
    }
}
