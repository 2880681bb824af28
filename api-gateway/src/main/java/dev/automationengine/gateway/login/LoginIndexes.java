package dev.automationengine.gateway.login;

import dev.automationengine.kit.mongo.CollectionIndex;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of sessions and of the attempts to sign in. */
@Configuration(proxyBeanMethods = false)
class LoginIndexes {
    private static final String EXPIRE_AT = "expire_at";

    @Bean
    CollectionIndex sessionsOfUser() {
        return new CollectionIndex(
                Session.COLLECTION,
                new Index()
                        .on("org_id", Direction.ASC)
                        .on("user_id", Direction.ASC)
                        .on("used_at", Direction.DESC)
                        .named("user"));
    }

    @Bean
    CollectionIndex sessionExpiry() {
        return new CollectionIndex(Session.COLLECTION, new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    @Bean
    CollectionIndex loginAttemptExpiry() {
        return new CollectionIndex(LoginThrottle.COLLECTION, new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }
}
