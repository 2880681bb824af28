package dev.automationengine.worker.oauth;

import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be connected.
 *
 * @param name a name for people; the connector's id if left out
 * @param attributes what the connector's kind of credential asks for beside tokens
 * @param credentialId a connection to be connected anew: it keeps its name and attributes, and its jobs go on; left out:
 *     a new one
 */
record ConnectionInput(
        @Nullable @Size(min = 1, max = 200) String name,
        @Nullable Map<String, @Nullable String> attributes,
        @Nullable String credentialId) {}
