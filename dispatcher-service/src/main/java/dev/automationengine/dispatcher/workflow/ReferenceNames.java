package dev.automationengine.dispatcher.workflow;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.model.Projections;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.dispatcher.workflow.References.Kind;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Reads what credentials and workflows are called and what they are for, and nothing else of them. */
@Component
class ReferenceNames {
    /** More of one name help nobody to choose. */
    private static final int MOST = 1_000;

    private final MongoOperations mongo;

    ReferenceNames(MongoOperations mongo) {
        this.mongo = mongo;
    }

    List<WorkflowFile.Reference> byId(OrgId org, Kind kind, Collection<String> ids) {
        return found(org, kind, "_id", ids);
    }

    /** Nothing keeps two of one kind from having the same name. */
    List<WorkflowFile.Reference> byName(OrgId org, Kind kind, Collection<String> names) {
        return found(org, kind, "name", names);
    }

    private List<WorkflowFile.Reference> found(OrgId org, Kind kind, String member, Collection<String> asked) {
        List<WorkflowFile.Reference> found = new ArrayList<>();
        if (asked.isEmpty()) {
            return found;
        }
        Bson which = and(eq("org_id", org.value()), in(member, asked), ne(WorkflowStore.DELETED, true));
        mongo.getCollection(kind == Kind.CREDENTIAL ? CredentialStore.COLLECTION : WorkflowStore.WORKFLOWS)
                .find(which)
                .projection(Projections.include("kind", "name"))
                .limit(MOST)
                .forEach((Document each) -> found.add(new WorkflowFile.Reference(
                        kind, each.getString("_id"), each.getString("kind"), each.getString("name"))));
        return found;
    }
}
