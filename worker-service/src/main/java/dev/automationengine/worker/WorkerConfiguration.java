package dev.automationengine.worker;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.kit.mongo.CollectionIndex;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
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

    /** An organization's data keys. */
    @Bean
    CollectionIndex dataKeysByOrganization() {
        return new CollectionIndex(
                "data_keys", new Index().on("org_id", Direction.ASC).named("org"));
    }
}
