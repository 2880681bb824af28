package dev.automationengine.dispatcher.trial;

import dev.automationengine.kit.mongo.CollectionIndex;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of replays. */
@Configuration(proxyBeanMethods = false)
class ReplayIndexes {
    private static final String ORG = "org_id";

    /** The few that have something to do. */
    @Bean
    CollectionIndex replaysThatAreDue() {
        return new CollectionIndex(ReplayStore.REPLAYS, new Index(ReplayStore.NEXT_AT, Direction.ASC).sparse());
    }

    @Bean
    CollectionIndex replaysOfAnOrganization() {
        return new CollectionIndex(
                ReplayStore.REPLAYS,
                new Index(ORG, Direction.ASC).on("created_at", Direction.DESC).on("_id", Direction.DESC));
    }

    @Bean
    CollectionIndex replayResultsOfAnOrganization() {
        return new CollectionIndex(ReplayStore.RESULTS, new Index(ORG, Direction.ASC).on("_id", Direction.ASC));
    }

    @Bean
    CollectionIndex replaysExpire() {
        return new CollectionIndex(
                ReplayStore.REPLAYS, new Index(ReplayStore.EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    @Bean
    CollectionIndex replayResultsExpire() {
        return new CollectionIndex(
                ReplayStore.RESULTS, new Index(ReplayStore.EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }
}
