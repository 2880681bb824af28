package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.InstantSource;
import java.util.Date;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;

/** For services that use connections by OAuth and may not refresh them: they ask the one that does. */
public final class RefreshRequests {
    private final MongoOperations mongo;
    private final InstantSource clock;

    RefreshRequests(MongoOperations mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /**
     * Puts a connection's next refresh to now; its owner sees that within a minute (see {@link ConnectionList#idle}). One
     * that was asked for already, that has no refresh token, or that is left alone after a failure stays as it is.
     */
    public void ask(OrgId org, CredentialId id) {
        Date now = Date.from(clock.instant());
        String keepAliveAt = ConnectionDocuments.path(ConnectionDocuments.KEEP_ALIVE_AT);
        mongo.updateFirst(
                query(ConnectionWrites.mine(org, id)
                        .and(keepAliveAt)
                        .gt(now)
                        // Null: there was no failure.
                        .and(ConnectionDocuments.path(ConnectionDocuments.NEXT_TRY_AT))
                        .not()
                        .gt(now)),
                new Update().set(keepAliveAt, now),
                CredentialStore.COLLECTION);
    }
}
