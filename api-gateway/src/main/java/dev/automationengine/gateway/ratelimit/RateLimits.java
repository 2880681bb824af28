package dev.automationengine.gateway.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Counts requests in windows of fixed length, which begin for everybody at the same time. */
@Component
class RateLimits {
    private static final long MOST_COUNTED = 100_000;

    private final RateLimitProperties properties;
    private final InstantSource clock;
    private final LoadingCache<Counted, AtomicLong> counts;

    RateLimits(RateLimitProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_COUNTED)
                .expireAfterWrite(properties.window().multipliedBy(2))
                .build(counted -> new AtomicLong());
    }

    /** Counts a request. What its key may not send takes nothing from the organization. */
    Verdict count(String organization, String key) {
        long seconds = properties.window().toSeconds();
        long now = clock.instant().getEpochSecond();
        long window = now / seconds;
        long reset = (window + 1) * seconds - now;
        long ofKey = properties.perKey() - count(new Counted("key", organization + "/" + key, window));
        if (ofKey < 0) {
            return new Verdict(false, "key", 0, reset);
        }
        long ofOrganization = properties.perOrganization() - count(new Counted("organization", organization, window));
        if (ofOrganization < 0) {
            return new Verdict(false, "organization", 0, reset);
        }
        return ofKey <= ofOrganization
                ? new Verdict(true, "key", ofKey, reset)
                : new Verdict(true, "organization", ofOrganization, reset);
    }

    /** The limits, as the header {@code RateLimit-Policy} tells them. */
    String policy() {
        long seconds = properties.window().toSeconds();
        return "\"key\";q=" + properties.perKey() + ";w=" + seconds + ", \"organization\";q="
                + properties.perOrganization() + ";w=" + seconds;
    }

    private long count(Counted counted) {
        return counts.get(counted).incrementAndGet();
    }

    private record Counted(String limit, String of, long window) {}

    /**
     * What was found.
     *
     * @param passes whether the request may pass
     * @param limit the limit that is the nearest
     * @param remaining how many more may pass under it
     * @param reset seconds until it begins anew
     */
    record Verdict(boolean passes, String limit, long remaining, long reset) {
        /** As the header {@code RateLimit} tells it. */
        String header() {
            return "\"" + limit + "\";r=" + remaining + ";t=" + reset;
        }
    }
}
