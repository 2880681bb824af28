package dev.automationengine.logging.delivery;

import dev.automationengine.kit.mongo.CollectionIndex;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class DeliveryIndexes {
    @Bean
    CollectionIndex deliveriesExpire() {
        return new CollectionIndex(
                Deliveries.COLLECTION,
                new Index().on("expire_at", Direction.ASC).expire(Duration.ZERO).named("expiry"));
    }
}
