package dev.automationengine.kit.resume;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The links that people and machines answer waiting steps with.
 *
 * @param keys secrets of 32 or more characters that links are signed with, newest first; an older one has to stay as long as
 *     a link that it signed may be used, which is as long as a step waits
 */
@Validated
@ConfigurationProperties("engine.resume")
public record ResumeProperties(@NotEmpty @DefaultValue List<String> keys) {
    private static final int SHORTEST = 32;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if a secret is too short
     */
    public ResumeProperties {
        if (keys.stream().anyMatch(key -> key.length() < SHORTEST)) {
            throw new IllegalArgumentException(
                    "engine.resume.keys (ENGINE_RESUME_KEYS): each needs at least " + SHORTEST + " characters");
        }
    }

    @Override
    public String toString() {
        return "ResumeProperties[" + keys.size() + " keys]";
    }
}
