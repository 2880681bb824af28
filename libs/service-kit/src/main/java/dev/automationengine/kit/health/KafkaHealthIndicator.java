package dev.automationengine.kit.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while a broker answers. */
public final class KafkaHealthIndicator extends AbstractHealthIndicator implements DisposableBean {
    private final Map<String, Object> config;
    private final Duration timeout;
    private @Nullable Admin admin;

    /**
     * Connects at the first question, not before.
     *
     * @param config how to reach Kafka
     * @param timeout how long an answer may take
     */
    public KafkaHealthIndicator(Map<String, Object> config, Duration timeout) {
        super("Kafka does not answer");
        this.config = new HashMap<>(config);
        this.config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.timeout = timeout;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        String cluster = client().describeCluster().clusterId().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        builder.up().withDetail("cluster", cluster);
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = Admin.create(config);
        }
        return admin;
    }
}
