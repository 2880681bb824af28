package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import java.util.List;

/** A definition that cannot run. It carries everything that is wrong with it. */
public final class InvalidDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    InvalidDefinitionException(List<Finding> findings) {
        super(findings.size() + " findings: " + findings);
        this.findings = List.copyOf(findings);
    }

    /** What is wrong, with pointers into the document. */
    public List<Finding> findings() {
        return findings;
    }
}
