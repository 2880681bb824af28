package dev.automationengine.trigger.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.ratelimit.Limit;
import dev.automationengine.kit.ratelimit.RateLimiter;
import dev.automationengine.kit.ratelimit.RateLimiters;
import dev.automationengine.kit.ratelimit.Verdict;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps one organization's flood from what all share. Calls are counted once they are known to be genuine: whoever lacks
 * the secret of a path cannot use up what its owner may receive.
 */
@Component
class WebhookLimits {
    private static final Logger log = LoggerFactory.getLogger(WebhookLimits.class);
    private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);
    private static final long MOST_REMEMBERED = 1_000;
    private static final int HASH_BYTES = 12;

    private final RateLimiter limiter;
    private final WebhookLimitProperties properties;
    private final MeterRegistry meters;
    private final Cache<OrgId, Boolean> told = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(BETWEEN_LOGS)
            .build();

    WebhookLimits(RateLimiters limiters, WebhookLimitProperties properties, MeterRegistry meters) {
        this.limiter = limiters.limiter("webhook", properties.window());
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * Returns unless it is known already that a limit is reached: a flood is refused before its bodies are read.
     *
     * @throws ProblemException 429 with the time until the limit begins anew
     */
    void requireOpen(OrgId org, String path) {
        limiter.refusal(org.value(), limits(path)).ifPresent(verdict -> {
            throw refused(org, verdict);
        });
    }

    /**
     * Counts a genuine call.
     *
     * @throws ProblemException 429 with the time until the limit begins anew
     */
    void count(OrgId org, String path) {
        Verdict verdict = limiter.count(org.value(), limits(path));
        if (!verdict.passes()) {
            throw refused(org, verdict);
        }
    }

    private List<Limit> limits(String path) {
        return List.of(
                new Limit("path", hash(path), properties.perPath()),
                new Limit("organization", "", properties.perOrganization()));
    }

    private ProblemException refused(OrgId org, Verdict verdict) {
        meters.counter("engine.trigger.webhook.refused", "reason", "rate_limited")
                .increment();
        if (told.asMap().putIfAbsent(org, true) == null) {
            try (LogContext ids = LogContext.of(org, null, null)) {
                log.warn("Calls of webhooks are refused: the limit of the {} is reached", verdict.limit());
            }
        }
        return ProblemException.rateLimited(
                "The limit of this " + verdict.limit() + " is reached. Send it again in " + verdict.reset()
                        + " seconds.",
                Duration.ofSeconds(verdict.reset()));
    }

    /** Some paths are all the secret that a webhook has: Redis must not tell them. */
    private static String hash(String path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
