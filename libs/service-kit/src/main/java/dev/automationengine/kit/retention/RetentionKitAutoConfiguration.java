package dev.automationengine.kit.retention;

import dev.automationengine.kit.mongo.MongoKitAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;

/** For services that write collections of which organizations say how long they are kept. */
@AutoConfiguration(after = MongoKitAutoConfiguration.class)
@ConditionalOnBean(Kept.class)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionKitAutoConfiguration {
    @Bean
    Retentions retentions(MongoOperations mongo) {
        return new Retentions(mongo);
    }

    @Bean
    RetentionLoop retentionLoop(
            MongoOperations mongo,
            List<Kept> collections,
            RetentionProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        return new RetentionLoop(new RetentionSweep(mongo, collections, properties, clock, meters), properties);
    }
}
