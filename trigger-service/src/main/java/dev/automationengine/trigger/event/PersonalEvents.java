package dev.automationengine.trigger.event;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import dev.automationengine.kit.privacy.PersonalCollection;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Takes people out of events. The event itself stays, so its source may repeat it and it is still known. */
@Component
class PersonalEvents implements PersonalCollection {
    private static final String DATA = "data";

    private final MongoOperations mongo;

    PersonalEvents(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public String name() {
        return EventArchive.COLLECTION;
    }

    @Override
    public List<List<String>> payloads() {
        return List.of(List.of(DATA));
    }

    @Override
    public Set<String> jsonMembers() {
        return Set.of(DATA);
    }

    @Override
    public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
        String id = found.getString("_id");
        mongo.getCollection(name())
                .replaceOne(and(eq("_id", id), eq("org_id", work.orgId().value())), erase.apply(found));
        return List.of(new Finding(name(), id, true));
    }
}
