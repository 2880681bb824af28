package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * A request that a simulator got. Tokens and keys are left out.
 *
 * @param at when it arrived
 * @param query as it came, tokens masked
 * @param headers by lower-case name, without {@code authorization}, cookies and API keys
 * @param body as text, tokens masked, at most 64 Ki characters
 */
public record RecordedRequest(
        Instant at,
        Vendor vendor,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        String body) {}
