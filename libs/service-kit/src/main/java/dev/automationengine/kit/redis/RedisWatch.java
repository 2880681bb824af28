package dev.automationengine.kit.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.SmartLifecycle;

/**
 * Looks whether Redis is configured as a queue needs it: as soon as it can be reached, and every few seconds from then
 * on, so that a server that was exchanged or set up anew is noticed too.
 *
 * <p>A service that finds a wrong configuration before it ever found a right one ends. Later on it is only not ready:
 * ending the whole fleet would make an outage of a setting that can be put right while everything runs.
 */
final class RedisWatch extends AbstractHealthIndicator implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
    private static final Duration UNTIL_REACHED = Duration.ofSeconds(1);

    private final RedisInspector inspector;
    private final RedisCheck check;
    private final Duration interval;
    private final RedisRefusal refusal;
    private volatile @Nullable Thread thread;
    private volatile List<RedisFinding> known = List.of();
    private boolean reached;
    private boolean wasRight;

    RedisWatch(RedisInspector inspector, RedisProperties properties, RedisRefusal refusal, MeterRegistry meters) {
        super("Redis does not answer");
        this.inspector = inspector;
        this.check = properties.check();
        this.interval = properties.checkInterval();
        this.refusal = refusal;
        Gauge.builder("engine.redis.misconfigured", () -> wrong(known) ? 1 : 0)
                .description("1 while Redis has a configuration that loses jobs")
                .register(meters);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<RedisFinding> findings = inspector.inspect();
        List<String> messages = findings.stream().map(RedisFinding::message).toList();
        builder.status(wrong(findings) && check == RedisCheck.STRICT ? "DOWN" : "UP");
        if (!messages.isEmpty()) {
            builder.withDetail("configuration", messages);
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("redis-watch").start(this::watch);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(reached ? interval : UNTIL_REACHED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<RedisFinding> findings;
        try {
            findings = inspector.inspect();
        } catch (RuntimeException away) {
            // Health tells of it, and so does everybody who needs Redis.
            log.debug("Redis cannot be looked at", away);
            return;
        }
        reached = true;
        if (!findings.equals(known)) {
            known = findings;
            findings.forEach(this::tell);
        }
        if (!wrong(findings)) {
            wasRight = true;
        } else if (check == RedisCheck.STRICT && !wasRight) {
            log.error("The service ends, because jobs would get lost. engine.redis.check=warn starts it all the same");
            refusal.refuse();
            stop();
        }
    }

    private void tell(RedisFinding finding) {
        if (finding.certain() && check == RedisCheck.STRICT) {
            log.error("{}", finding.message());
        } else {
            log.warn("{}", finding.message());
        }
    }

    private static boolean wrong(List<RedisFinding> findings) {
        return findings.stream().anyMatch(RedisFinding::certain);
    }
}
