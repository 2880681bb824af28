package dev.automationengine.gateway.retention;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.automationengine.kit.retention.RetentionSettings;
import dev.automationengine.model.id.OrgId;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Repository;

/** The settings, in the documents of the organizations. */
@Repository
class RetentionStore {
    private final MongoOperations mongo;

    RetentionStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    RetentionSettings find(OrgId org) {
        return RetentionSettings.of(mongo.getCollection(RetentionSettings.ORGANIZATIONS)
                .find(eq("_id", org.value()))
                .projection(Projections.include(RetentionSettings.MEMBER))
                .first());
    }

    void replace(OrgId org, RetentionSettings settings) {
        mongo.getCollection(RetentionSettings.ORGANIZATIONS)
                .updateOne(eq("_id", org.value()), Updates.set(RetentionSettings.MEMBER, settings.document()));
    }
}
