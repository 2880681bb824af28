package dev.automationengine.worker;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import dev.automationengine.connectors.vault.AuthorizationStore;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.kit.mongo.CollectionIndex;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobQueueProperties.class, OutboundProperties.class})
class WorkerConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** For the jitter of retries. */
    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    RedisJobQueue jobQueue(RedissonClient redisson, JobQueueProperties properties, MeterRegistry meters) {
        return new RedisJobQueue(redisson, properties, meters);
    }

    @Bean
    OutboundHttp outboundHttp(OutboundProperties properties, MeterRegistry meters) {
        return new OutboundHttp(properties, meters);
    }

    @Bean
    ActionRunner actionRunner(
            ActionCatalog catalog, OutboundHttp http, WorkerProperties properties, InstantSource clock) {
        return new ActionRunner(catalog, http, properties.connectorSettings(), clock);
    }

    /** The organization's only credential of a kind. */
    @Bean
    CollectionIndex credentialsByKind() {
        return new CollectionIndex(
                CredentialStore.COLLECTION,
                new Index()
                        .on("org_id", Direction.ASC)
                        .on("kind", Direction.ASC)
                        .named("org_kind"));
    }

    /** Connections by OAuth that are to be refreshed though nobody uses them. */
    @Bean
    CollectionIndex idleConnections() {
        return new CollectionIndex(
                CredentialStore.COLLECTION,
                new Index("oauth.keep_alive_at", Direction.ASC).sparse().named("oauth_keep_alive"));
    }

    /** Connections by OAuth that are broken. */
    @Bean
    CollectionIndex brokenConnections() {
        return new CollectionIndex(
                CredentialStore.COLLECTION,
                new Index("oauth.broken_at", Direction.ASC).sparse().named("oauth_broken"));
    }

    /** Consents that did not come back are forgotten. */
    @Bean
    CollectionIndex consentsInTime() {
        return new CollectionIndex(
                AuthorizationStore.COLLECTION, new Index("expire_at", Direction.ASC).expire(Duration.ZERO));
    }

    /** An organization's data keys. */
    @Bean
    CollectionIndex dataKeysByOrganization() {
        return new CollectionIndex(
                "data_keys", new Index().on("org_id", Direction.ASC).named("org"));
    }
}
