package dev.automationengine.dispatcher.workflow;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a workflow document, for the OpenAPI document alone: what comes is read as it is, so that every
 * mistake in it is found with its place.
 *
 * @param name what people call it
 * @param description what it is for
 * @param labels what it can be found by
 * @param isActive whether events start executions
 * @param trigger what starts it
 * @param steps what it does
 */
@Schema(description = "A workflow as its author writes it; /v1/schemas/workflow is the whole language")
record WorkflowDocument(
        @NotNull String name,
        @Nullable String description,
        @Nullable Map<String, String> labels,
        @Nullable Boolean isActive,
        @NotNull Map<String, Object> trigger,
        @NotNull List<Map<String, Object>> steps) {

    /** A method whose body is a workflow document. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = WorkflowDocument.class),
                            examples = @ExampleObject(name = "A lead for the CRM", value = Body.EXAMPLE)))
    @interface Body {
        /** A lead that goes to a CRM. */
        String EXAMPLE = """
                {"name": "New lead to CRM", "is_active": true, "labels": {"team": "sales"},
                 "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "172036835026334"}},
                 "steps": [
                  {"id": "step_1", "type": "FILTER", "condition": {"field": "email", "operator": "NOT_NULL"}},
                  {"id": "step_2", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["step_1"],
                   "config": {"field_mapping": {"email": "{{ trigger.fields.email }}"}},
                   "retry_policy": {"strategy": "exponential", "attempts": 3}}]}""";
    }
}
