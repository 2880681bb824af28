package dev.automationengine.connectors.vault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.result.UpdateResult;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.UpdateDefinition;

/** The database as a process sees it that dies after some writes of data keys: from then on nothing reaches it. */
final class MortalMongo extends MongoTemplate {
    private final AtomicInteger left;

    MortalMongo(MongoClient client, String database, int writes) {
        super(client, database);
        this.left = new AtomicInteger(writes);
    }

    /** The process is gone. */
    static final class Dead extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public UpdateResult updateFirst(Query query, UpdateDefinition update, String collection) {
        if (left.get() <= 0) {
            throw new Dead();
        }
        if (collection.equals(DataKeys.COLLECTION)) {
            left.decrementAndGet();
        }
        return super.updateFirst(query, update, collection);
    }
}
