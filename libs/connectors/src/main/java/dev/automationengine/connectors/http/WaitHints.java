package dev.automationengine.connectors.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a third party wants to be left alone, by the headers of its answer. {@code Retry-After} wins; the others are
 * sent with good answers too, so they count only where the answer says that we are throttled. What good answers tell of
 * a budget is read by {@link SpentBudget}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Meta: rate limits</a>
 */
public final class WaitHints {
    /** The header of Meta's business use cases; waits are in minutes. */
    private static final String BUSINESS_USAGE = "x-business-use-case-usage";

    private static final String REGAIN = "estimated_time_to_regain_access";
    private static final List<String> RESETS =
            List.of("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset", "x-ratelimit-reset-after");
    private static final Pattern EXHAUSTED = Pattern.compile("(?:^|;)\\s*r\\s*=\\s*0\\s*(?:;|$)");
    private static final Pattern SECONDS_LEFT = Pattern.compile("(?:^|;)\\s*t\\s*=\\s*(\\d{1,9})\\s*(?:;|$)");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(?:\\.\\d+)?");
    /** Numbers from here on are times since 1970 and no waits: in seconds, and in milliseconds. */
    private static final long FIRST_EPOCH_SECOND = 1_000_000_000L;

    private static final long FIRST_EPOCH_MILLI = 1_000_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private WaitHints() {}

    /**
     * Reads the headers of an answer that means failure.
     *
     * @param headers names in lower case
     * @param throttled whether the answer says that we are too fast
     * @param now to count times from
     * @return how long to wait, 0 to 24 hours; empty if the headers do not tell
     */
    public static Optional<Duration> read(Map<String, String> headers, boolean throttled, Instant now) {
        Optional<Duration> asked =
                Optional.ofNullable(headers.get("retry-after")).flatMap(value -> RetryAfter.parse(value, now));
        if (asked.isPresent() || !throttled) {
            return asked;
        }
        return Optional.ofNullable(headers.get("ratelimit"))
                .flatMap(WaitHints::exhausted)
                .or(() -> Optional.ofNullable(headers.get(BUSINESS_USAGE)).flatMap(WaitHints::regained))
                .or(() -> RESETS.stream()
                        .flatMap(name -> Stream.ofNullable(headers.get(name)))
                        .flatMap(value -> reset(value, now).stream())
                        .findFirst());
    }

    /** The longest wait among the quotas that are used up: {@code "burst";r=0;t=30, "day";r=900;t=3600}. */
    static Optional<Duration> exhausted(String value) {
        return Stream.of(value.split(",", -1))
                .filter(quota -> EXHAUSTED.matcher(quota).find())
                .map(SECONDS_LEFT::matcher)
                .filter(Matcher::find)
                .map(matcher -> RetryAfter.bounded(Duration.ofSeconds(Long.parseLong(matcher.group(1)))))
                .max(Comparator.naturalOrder());
    }

    private static Optional<Duration> regained(String value) {
        try {
            JsonNode usage = JSON.readTree(value);
            return StreamSupport.stream(usage.spliterator(), false)
                    .flatMap(limits -> StreamSupport.stream(limits.spliterator(), false))
                    .map(limit -> limit.path(REGAIN).asLong(0))
                    .filter(minutes -> minutes > 0)
                    .max(Comparator.naturalOrder())
                    .map(minutes -> RetryAfter.bounded(Duration.ofMinutes(Math.min(minutes, Integer.MAX_VALUE))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static Optional<Duration> reset(String value, Instant now) {
        Matcher number = NUMBER.matcher(value.strip());
        if (!number.matches()) {
            return RetryAfter.parse(value, now);
        }
        long at = Long.parseLong(number.group(1));
        if (at < FIRST_EPOCH_SECOND) {
            return Optional.of(RetryAfter.bounded(Duration.ofSeconds(at)));
        }
        Instant end = at < FIRST_EPOCH_MILLI ? Instant.ofEpochSecond(at) : Instant.ofEpochMilli(at);
        return Optional.of(RetryAfter.bounded(Duration.between(now, end)));
    }
}
