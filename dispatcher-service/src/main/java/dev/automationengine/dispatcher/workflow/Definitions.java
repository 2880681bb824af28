package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what authors send: whether it can be stored, what it says, and whether the credentials that it names exist. */
@Component
public class Definitions {
    private final WorkflowParser parser;
    private final CredentialCheck credentials;

    Definitions(WorkflowParser parser, CredentialCheck credentials) {
        this.parser = parser;
        this.credentials = credentials;
    }

    /**
     * The content, if it can run.
     *
     * @throws ProblemException with everything that is wrong
     */
    Content checked(OrgId org, Map<String, @Nullable Object> document) {
        Map<String, @Nullable Object> storable = storable(document);
        List<Finding> findings = findings(org, storable);
        if (!findings.isEmpty()) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST, "The workflow cannot run as it is written.", errors(findings));
        }
        return Content.of(storable);
    }

    /** Everything that is wrong with a document; empty if it can run. */
    public List<FieldError> errors(OrgId org, Map<String, @Nullable Object> document) {
        return errors(findings(org, storable(document)));
    }

    private List<Finding> findings(OrgId org, Map<String, @Nullable Object> document) {
        List<Finding> findings = new ArrayList<>();
        try {
            parser.parse(document);
        } catch (InvalidDefinitionException e) {
            findings.addAll(e.findings());
        }
        findings.addAll(credentials.findings(org, document));
        return findings;
    }

    private static Map<String, @Nullable Object> storable(Map<String, @Nullable Object> document) {
        return DataLimit.WORKFLOW
                .storable(document)
                .orElseThrow(() -> new ProblemException(
                        Problem.PAYLOAD_TOO_LARGE,
                        "The workflow is larger than " + DataLimit.WORKFLOW.maxSize() + " bytes or nested too deep."));
    }

    private static List<FieldError> errors(List<Finding> findings) {
        return findings.stream()
                .map(found -> new FieldError(found.pointer(), found.reason()))
                .toList();
    }
}
