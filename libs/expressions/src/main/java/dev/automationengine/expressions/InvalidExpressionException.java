package dev.automationengine.expressions;

import java.util.List;
import java.util.stream.Collectors;

/** A template, path or condition that cannot be compiled. It carries every finding, not only the first. */
public final class InvalidExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** With all that was found, at least one. */
    public InvalidExpressionException(List<Finding> findings) {
        super(findings.stream()
                .map(finding ->
                        finding.pointer().isEmpty() ? finding.reason() : finding.pointer() + ": " + finding.reason())
                .collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    InvalidExpressionException(String reason) {
        this(List.of(new Finding("", reason)));
    }

    /** What is wrong, in the order of the source. */
    public List<Finding> findings() {
        return findings;
    }
}
