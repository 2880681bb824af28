package dev.automationengine.kit.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import java.util.List;
import org.bson.Document;

/** Updates that make the document if it is not there, by one write, in any order, while other processes do the same. */
public final class Upserts {
    private static final int DUPLICATE_KEY = 11_000;

    private Upserts() {}

    /**
     * Writes all. An update that met another process's, which made the same document in that moment, is written again: there
     * the document is then.
     *
     * @return how many documents were made
     * @throws MongoBulkWriteException if one failed for another reason
     */
    public static int write(MongoCollection<Document> collection, List<UpdateOneModel<Document>> updates) {
        int made = 0;
        List<UpdateOneModel<Document>> left = updates;
        while (!left.isEmpty()) {
            try {
                return made
                        + collection
                                .bulkWrite(left, new BulkWriteOptions().ordered(false))
                                .getUpserts()
                                .size();
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() != null
                        || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                    throw e;
                }
                made += e.getWriteResult().getUpserts().size();
                List<UpdateOneModel<Document>> written = left;
                left = e.getWriteErrors().stream()
                        .map(error -> written.get(error.getIndex()))
                        .toList();
            }
        }
        return made;
    }
}
