package dev.automationengine.connectors.vault;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connection by OAuth holds, sealed as the secrets of its credential. Actions read {@code access_token}.
 *
 * @param accessToken what calls are made with
 * @param refreshToken what the next access token is got with; null: a person must consent again when this one ends
 * @param expiresAt when the access token ends; null: the third party did not say
 * @param refreshAt from when on it is replaced, with its jitter, so that all processes agree; null: not by time
 * @param brokenAt since when a person must connect anew; null: all is well
 */
public record ConnectionTokens(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshAt,
        @Nullable Instant brokenAt) {
    private static final String ACCESS = "access_token";
    private static final String REFRESH = "refresh_token";
    /** No name of a manifest begins like these. */
    private static final String EXPIRES_AT = "oauth:expires_at";

    private static final String REFRESH_AT = "oauth:refresh_at";
    private static final String BROKEN_AT = "oauth:broken_at";
    /** Tells them from an access token that somebody typed in, for kinds that may be either. */
    private static final String CONSENTED = "oauth:consented";

    /** What is there of a consent only. Those before {@link #CONSENTED} was written have another of these. */
    private static final Set<String> SIGNS = Set.of(CONSENTED, REFRESH, EXPIRES_AT, REFRESH_AT, BROKEN_AT);

    /** The tokens of a credential; empty if it has none that a consent gave. */
    public static Optional<ConnectionTokens> of(Credential credential) {
        Map<String, String> secrets = credential.secrets();
        String access = secrets.get(ACCESS);
        return access == null || Collections.disjoint(secrets.keySet(), SIGNS)
                ? Optional.empty()
                : Optional.of(new ConnectionTokens(
                        access,
                        secrets.get(REFRESH),
                        instant(secrets.get(EXPIRES_AT)),
                        instant(secrets.get(REFRESH_AT)),
                        instant(secrets.get(BROKEN_AT))));
    }

    /** Whether the access token may still be good at that time. */
    public boolean live(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** Whether it is time to replace the access token. */
    public boolean due(Instant now) {
        return refreshAt != null && !now.isBefore(refreshAt);
    }

    /** The same, known to be no good. */
    ConnectionTokens brokenSince(Instant now) {
        return new ConnectionTokens(accessToken, refreshToken, expiresAt, refreshAt, now);
    }

    /** As secrets of a credential. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>(Map.of(ACCESS, accessToken, CONSENTED, "1"));
        put(secrets, REFRESH, refreshToken);
        put(secrets, EXPIRES_AT, expiresAt);
        put(secrets, REFRESH_AT, refreshAt);
        put(secrets, BROKEN_AT, brokenAt);
        return secrets;
    }

    private static void put(Map<String, String> secrets, String name, @Nullable Object value) {
        if (value != null) {
            secrets.put(name, value.toString());
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "ConnectionTokens[expiresAt=" + expiresAt + ", brokenAt=" + brokenAt + "]";
    }
}
