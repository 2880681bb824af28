package dev.automationengine.connectors.action;

import java.util.List;
import java.util.stream.Collectors;

/** Manifests that cannot work: the service does not start. The message names every finding. */
public final class InvalidManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidManifestException(List<Finding> findings) {
        super(findings.stream()
                .map(finding -> finding.pointer() + " " + finding.detail())
                .collect(Collectors.joining("; ", "connector manifests: ", "")));
    }
}
