package dev.automationengine.connectors.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a good answer was the last that the caller's budget allows, and for how long: whoever waits by it is not
 * refused. Only budgets whose end is known are read; HubSpot's day, for instance, ends at midnight of a time zone that
 * no header tells, so it is left to the refusal.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Meta: rate limits</a>
 * @see <a href="https://developers.hubspot.com/docs/api/usage-details">HubSpot: usage guidelines</a>
 */
public final class SpentBudget {
    /** Percent of Meta's budgets from which they count as spent; what is left is for the fetching of fresh leads. */
    private static final double META_SPENT = 95;

    /** Meta's budgets are of a rolling hour: where no time is named, the next answer after this one tells more. */
    private static final Duration META_PAUSE = Duration.ofMinutes(1);

    private static final List<String> META_PERCENTS =
            List.of("call_count", "total_cputime", "total_time", "acc_id_util_pct");
    private static final List<String> PREFIXES = List.of("ratelimit-", "x-ratelimit-", "x-rate-limit-");
    private static final String HUBSPOT = "x-hubspot-ratelimit-";
    private static final JsonMapper JSON = JsonMapper.shared();

    private SpentBudget() {}

    /**
     * Reads the headers of an answer that means success.
     *
     * @param headers names in lower case
     * @param now to count times from
     * @return how long nothing more should be sent with the same credential, more than 0 to 24 hours; empty if the
     *     headers name no budget, or none that is spent
     */
    public static Optional<Duration> read(Map<String, String> headers, Instant now) {
        return Stream.of(
                        header(headers, "ratelimit").flatMap(WaitHints::exhausted),
                        PREFIXES.stream()
                                .flatMap(prefix -> remaining(headers, prefix, now).stream())
                                .findFirst(),
                        hubSpot(headers),
                        header(headers, "x-business-use-case-usage").flatMap(SpentBudget::businessUse),
                        header(headers, "x-app-usage").flatMap(SpentBudget::usage),
                        header(headers, "x-ad-account-usage").flatMap(SpentBudget::usage))
                .flatMap(Optional::stream)
                .filter(Duration::isPositive)
                .max(Comparator.naturalOrder());
    }

    private static Optional<String> header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private static Optional<Duration> remaining(Map<String, String> headers, String prefix, Instant now) {
        return header(headers, prefix + "remaining")
                .filter(SpentBudget::nothing)
                .flatMap(spent -> header(headers, prefix + "reset"))
                .flatMap(value -> WaitHints.reset(value, now));
    }

    private static Optional<Duration> hubSpot(Map<String, String> headers) {
        return header(headers, HUBSPOT + "remaining")
                .filter(SpentBudget::nothing)
                .flatMap(spent -> header(headers, HUBSPOT + "interval-milliseconds"))
                .filter(value -> value.strip().matches("\\d{1,12}"))
                .map(value -> RetryAfter.bounded(Duration.ofMillis(Long.parseLong(value.strip()))));
    }

    private static boolean nothing(String remaining) {
        return remaining.strip().equals("0");
    }

    /** {@code {"id": [{"call_count": 95, "estimated_time_to_regain_access": 19}]}}, the time in minutes. */
    private static Optional<Duration> businessUse(String value) {
        return json(value)
                .flatMap(ids -> StreamSupport.stream(ids.spliterator(), false)
                        .flatMap(limits -> StreamSupport.stream(limits.spliterator(), false))
                        .filter(SpentBudget::spent)
                        .map(limit -> pause(limit.path("estimated_time_to_regain_access"), Duration.ofMinutes(1)))
                        .max(Comparator.naturalOrder()));
    }

    /** Of an app {@code {"call_count": 95}}, of an ad account {@code {"acc_id_util_pct": 96.7}} with seconds. */
    private static Optional<Duration> usage(String value) {
        return json(value)
                .filter(SpentBudget::spent)
                .map(usage -> pause(usage.path("reset_time_duration"), Duration.ofSeconds(1)));
    }

    private static boolean spent(JsonNode usage) {
        return META_PERCENTS.stream().anyMatch(name -> usage.path(name).asDouble(0) >= META_SPENT);
    }

    private static Duration pause(JsonNode count, Duration unit) {
        long units = Math.min(count.asLong(0), Integer.MAX_VALUE);
        return units > 0 ? RetryAfter.bounded(unit.multipliedBy(units)) : META_PAUSE;
    }

    private static Optional<JsonNode> json(String value) {
        try {
            return Optional.of(JSON.readTree(value));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
