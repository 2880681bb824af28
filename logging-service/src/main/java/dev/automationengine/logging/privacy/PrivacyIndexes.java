package dev.automationengine.logging.privacy;

import dev.automationengine.kit.mongo.CollectionIndex;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** The indexes of the receipts; both collections are read by id, or by a range of ids. */
@Configuration(proxyBeanMethods = false)
class PrivacyIndexes {
    /** The few that have to go on. */
    @Bean
    CollectionIndex runningSubjectRequests() {
        return new CollectionIndex(
                SubjectRequestStore.REQUESTS, new Index(SubjectRequestStore.LOOK_AT, Direction.ASC).sparse());
    }

    @Bean
    CollectionIndex subjectRequestsExpire() {
        return new CollectionIndex(SubjectRequestStore.REQUESTS, expiry());
    }

    @Bean
    CollectionIndex subjectFindingsExpire() {
        return new CollectionIndex(SubjectRequestStore.FINDINGS, expiry());
    }

    private static Index expiry() {
        return new Index(SubjectRequestStore.EXPIRE_AT, Direction.ASC).expire(Duration.ZERO);
    }
}
