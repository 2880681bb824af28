package dev.automationengine.gateway.invitation;

import dev.automationengine.kit.mongo.CollectionIndex;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of the invitations. */
@Configuration(proxyBeanMethods = false)
class InvitationIndexes {
    @Bean
    CollectionIndex invitationsOfOrganization() {
        return new CollectionIndex(
                Invitation.COLLECTION,
                new Index()
                        .on("org_id", Direction.ASC)
                        .on("expire_at", Direction.ASC)
                        .named("open"));
    }

    @Bean
    CollectionIndex invitationExpiry() {
        return new CollectionIndex(Invitation.COLLECTION, new Index("expire_at", Direction.ASC).expire(Duration.ZERO));
    }
}
