package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.dispatcher.workflow.References.Kind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as a file, to be kept, reviewed, or brought into another organization. It holds no secret: what the workflow
 * names outside of itself it names by id, and the file tells what those ids stood for.
 *
 * @param format {@value #FORMAT}
 * @param workflow the document
 * @param references what it names
 * @param ids ids of the organization that takes the file by those in it: for what is not found by its name; null in what
 *     is exported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkflowFile(
        @NotNull @Pattern(regexp = FORMAT, message = "must be " + FORMAT)
        String format,

        @NotNull Map<String, @Nullable Object> workflow,
        @Nullable @Size(max = 1_000) List<@Valid Reference> references,

        @Nullable @Size(max = 1_000) Map<String, String> ids) {
    /** What this service writes and reads. */
    static final String FORMAT = "automation-engine/workflow/v1";

    /**
     * Something that the workflow names.
     *
     * @param type what it is
     * @param id its id where the file was made
     * @param kind what a credential is for; null for a workflow
     * @param name what people call it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reference(
            @NotNull Kind type,
            @NotNull String id,
            @Nullable String kind,
            @NotNull String name) {
        /** Whether it is called like another one of its kind. */
        boolean isLike(Reference other) {
            return type == other.type && Objects.equals(kind, other.kind) && name.equals(other.name);
        }

        String words() {
            return (type == Kind.CREDENTIAL ? "credential of kind " + kind : "workflow") + " called '" + name + "'";
        }
    }
}
