package dev.automationengine.worker.oauth;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token URL answered. */
sealed interface TokenAnswer {
    /**
     * Tokens.
     *
     * @param accessToken what calls are made with
     * @param refreshToken null: the one before stays good, if there was one
     * @param lifetime of the access token; null: not said
     * @param attributes of the credential, as the answer names them
     */
    record Granted(
            String accessToken,
            @Nullable String refreshToken,
            @Nullable Duration lifetime,
            Map<String, String> attributes)
            implements TokenAnswer {
        @Override
        public String toString() {
            return "Granted[***]";
        }
    }

    /**
     * The code or refresh token is no good: trying again does not help.
     *
     * @param code the third party's, from the manifest
     */
    record Revoked(String code) implements TokenAnswer {}

    /**
     * Something else is wrong, which may pass: the third party is away, throttles, or does not know the client.
     *
     * @param outcome what, a bounded label
     * @param detail for the log, without secrets
     * @param retryAfter what the third party asks for; null: nothing
     * @param inDoubt whether the third party may have acted on it all the same
     */
    record Away(String outcome, String detail, @Nullable Duration retryAfter, boolean inDoubt) implements TokenAnswer {}
}
