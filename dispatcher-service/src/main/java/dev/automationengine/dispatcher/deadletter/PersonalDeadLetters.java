package dev.automationengine.dispatcher.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Updates;
import dev.automationengine.kit.privacy.PersonalCollection;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Takes people out of dead letters: what was asked and answered, and what the error says. */
@Component
public class PersonalDeadLetters implements PersonalCollection {
    private static final String ERROR = "error";

    private final MongoOperations mongo;

    PersonalDeadLetters(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public String name() {
        return DeadLetterStore.DEAD_LETTERS;
    }

    @Override
    public List<List<String>> payloads() {
        return List.of(List.of(ERROR, "request"), List.of(ERROR, "answer"), List.of(ERROR, "message"));
    }

    /** Sets what was erased only: somebody may resolve the letter at the same time. */
    @Override
    public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
        String id = found.getString(DeadLetterDocuments.ID);
        Document erased = erase.apply(found);
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set(ERROR, erased.get(ERROR)));
        changes.add(Updates.set(ERASED, erased.get(ERASED)));
        changes.add(Updates.set(SubjectIndex.MEMBER, erased.get(SubjectIndex.MEMBER)));
        if (erased.get(DeadLetterDocuments.RESOLUTION) instanceof Document resolution) {
            changes.add(Updates.set(DeadLetterDocuments.RESOLUTION, resolution));
        }
        mongo.getCollection(name())
                .updateOne(
                        and(
                                eq(DeadLetterDocuments.ID, id),
                                eq(DeadLetterDocuments.ORG, work.orgId().value())),
                        Updates.combine(changes));
        return List.of(new Finding(name(), id, true));
    }

    /** The letters of an execution whose person is erased: they may quote the person without naming a contact. */
    public List<Finding> eraseOf(SubjectWork work, ExecutionId execution, UnaryOperator<Document> erase) {
        List<Finding> erased = new ArrayList<>();
        mongo.getCollection(name())
                .find(and(
                        eq(DeadLetterDocuments.ORG, work.orgId().value()),
                        eq(DeadLetterDocuments.EXECUTION, execution.value())))
                .into(new ArrayList<>())
                .forEach(letter -> erased.addAll(erase(work, letter, erase)));
        return erased;
    }
}
