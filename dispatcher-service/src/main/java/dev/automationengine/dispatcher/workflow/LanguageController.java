package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The language of workflows, for those who write it: its schema, and a check that stores nothing. */
@RestController
class LanguageController {
    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
    private static final Duration FRESH = Duration.ofHours(1);

    private final Definitions definitions;

    LanguageController(Definitions definitions) {
        this.definitions = definitions;
    }

    /** What is wrong with a document, all at once, without storing it. */
    @Operation(
            operationId = "validateWorkflow",
            summary = "What is wrong with a document, all at once, without storing it")
    @WorkflowDocument.Body
    @PostMapping("/v1/workflows:validate")
    Verdict validate(@CurrentOrg OrgId org, @RequestBody Map<String, @Nullable Object> document) {
        List<FieldError> errors = definitions.errors(org, document);
        return new Verdict(errors.isEmpty(), errors);
    }

    /** JSON Schema 2020-12 of workflow documents: for editors. What it lets pass may still be refused by the check. */
    @Operation(
            operationId = "getWorkflowSchema",
            summary = "JSON Schema 2020-12 of workflow documents, for editors",
            description = "What it lets pass may still be refused by `/v1/workflows:validate`.")
    @ApiResponse(
            responseCode = "200",
            description = "The schema",
            content = @Content(mediaType = "application/schema+json", schema = @Schema(type = "object")))
    @GetMapping("/v1/schemas/workflow")
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok()
                .contentType(SCHEMA)
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(new ClassPathResource("schemas/workflow.schema.json"));
    }

    /**
     * Whether a document can run.
     *
     * @param valid whether it can
     * @param errors everything that is wrong with it
     */
    record Verdict(boolean valid, List<FieldError> errors) {}
}
