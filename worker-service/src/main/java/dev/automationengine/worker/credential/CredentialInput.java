package dev.automationengine.worker.credential;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential to be stored.
 *
 * @param kind what it is for, one of those of {@code GET /v1/connectors}
 * @param name a name for people
 * @param attributes what is not secret
 * @param secrets what is; never shown again
 */
record CredentialInput(
        @NotBlank String kind,
        @NotBlank @Size(max = 200) String name,
        @Nullable Map<String, @Nullable String> attributes,
        @Nullable Map<String, @Nullable String> secrets) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return "CredentialInput[kind=" + kind + "]";
    }
}
