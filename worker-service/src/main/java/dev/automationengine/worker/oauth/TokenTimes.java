package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.vault.ConnectionTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** When tokens are renewed. Pure. */
final class TokenTimes {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;
    /** Tokens that were got together are not renewed together: spread over this part of the time that is left. */
    private static final double SPREAD = 0.2;

    private TokenTimes() {}

    /**
     * Tokens as they are kept.
     *
     * @param before what they replace; null: nothing
     * @param lead how long before its end an access token is renewed, at least; at most half of its life
     * @param random gives numbers from 0 to below 1
     */
    static ConnectionTokens kept(
            TokenAnswer.Granted granted,
            @Nullable ConnectionTokens before,
            Instant now,
            Duration lead,
            DoubleSupplier random) {
        String refresh = Objects.requireNonNullElseGet(
                granted.refreshToken(),
                () -> before == null ? "" : Objects.requireNonNullElse(before.refreshToken(), ""));
        Duration lifetime = granted.lifetime();
        Instant refreshAt = lifetime == null || refresh.isEmpty() ? null : now.plus(usable(lifetime, lead, random));
        return new ConnectionTokens(
                granted.accessToken(),
                refresh.isEmpty() ? null : refresh,
                lifetime == null ? null : now.plus(lifetime),
                refreshAt,
                null);
    }

    private static Duration usable(Duration lifetime, Duration lead, DoubleSupplier random) {
        Duration half = lifetime.dividedBy(2);
        Duration latest = lead.compareTo(half) > 0 ? half : lifetime.minus(lead);
        return Duration.ofMillis((long) (latest.toMillis() * (1 - SPREAD * random.getAsDouble())));
    }

    /** How long a connection is left alone after refreshes that failed for passing reasons: 2 s, doubling up to 5 min. */
    static Duration pause(int failures, @Nullable Duration asked, DoubleSupplier random) {
        double millis = FIRST_PAUSE.toMillis() * Math.pow(2, Math.min(failures, MOST_DOUBLINGS));
        Duration own =
                Duration.ofMillis((long) (Math.min(millis, LONGEST_PAUSE.toMillis()) * (1 + random.getAsDouble()) / 2));
        return asked == null || asked.compareTo(own) < 0 ? own : asked;
    }
}
