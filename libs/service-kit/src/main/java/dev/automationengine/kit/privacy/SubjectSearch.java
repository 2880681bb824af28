package dev.automationengine.kit.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import com.mongodb.client.model.Sorts;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks through one page of a collection for a person, and erases what it finds if that is wanted. */
final class SubjectSearch {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final int PAGE = 200;

    private final MongoOperations mongo;
    private final SubjectHashes hashes;
    private final SubjectIndex index;
    private final JsonMapper json;
    private final InstantSource clock;

    SubjectSearch(
            MongoOperations mongo, SubjectHashes hashes, SubjectIndex index, JsonMapper json, InstantSource clock) {
        this.mongo = mongo;
        this.hashes = hashes;
        this.index = index;
        this.json = json;
        this.clock = clock;
    }

    SubjectPage look(PersonalCollection collection, SubjectWork work) {
        Subject subject = new Subject(hashes, work);
        List<Document> documents = page(collection, work);
        List<Finding> findings = new ArrayList<>();
        int changed = 0;
        for (Document stored : documents) {
            Document document = opened(collection, stored);
            if (subject.isNamedIn(document)) {
                List<Finding> found = found(collection, work, subject, document);
                changed += (int) found.stream().filter(Finding::erased).count();
                findings.addAll(found);
            } else if (erasedBefore(document, work)) {
                findings.add(new Finding(collection.name(), document.getString("_id"), true));
            }
        }
        String next = documents.size() < PAGE ? null : documents.getLast().getString("_id");
        return new SubjectPage(
                work.requestId(),
                work.orgId(),
                collection.name(),
                work.pass(),
                work.after(),
                next,
                documents.size(),
                changed,
                findings);
    }

    private List<Document> page(PersonalCollection collection, SubjectWork work) {
        Bson own = and(eq("org_id", work.orgId().value()), index.candidates(work));
        String after = work.after();
        return mongo.getCollection(collection.name())
                .find(after == null ? own : and(own, gt("_id", after)))
                .sort(Sorts.ascending("_id"))
                .limit(PAGE)
                .into(new ArrayList<>());
    }

    private List<Finding> found(PersonalCollection collection, SubjectWork work, Subject subject, Document document) {
        return switch (work.kind()) {
            case SEARCH, EXPORT -> List.of(new Finding(collection.name(), document.getString("_id"), false));
            case ERASURE -> collection.erase(work, document, each -> erased(collection, work, subject, each));
        };
    }

    private Document erased(PersonalCollection collection, SubjectWork work, Subject subject, Document found) {
        Document mark = new Document("request", work.requestId()).append("at", Date.from(clock.instant()));
        Document erased = new Erasure(subject).erase(opened(collection, found), collection.payloads());
        erased.append(PersonalCollection.ERASED, mark).append(SubjectIndex.MEMBER, index.erased(work, erased));
        return closed(collection, erased);
    }

    private static boolean erasedBefore(Document document, SubjectWork work) {
        return document.get(PersonalCollection.ERASED) instanceof Document mark
                && work.requestId().equals(mark.getString("request"));
    }

    /** With texts of JSON read, so that their members are seen. */
    private Document opened(PersonalCollection collection, Document stored) {
        Document opened = new Document(stored);
        opened.remove(SubjectIndex.MEMBER);
        for (String member : collection.jsonMembers()) {
            if (stored.get(member) instanceof String text) {
                try {
                    opened.put(member, json.readValue(text, OBJECT));
                } catch (JacksonException e) {
                    // Then it is searched, and erased, as the text that it is.
                    opened.put(member, text);
                }
            }
        }
        return opened;
    }

    private Document closed(PersonalCollection collection, Document opened) {
        for (String member : collection.jsonMembers()) {
            if (opened.get(member) instanceof Map<?, ?> content) {
                opened.put(member, json.writeValueAsString(content));
            }
        }
        return opened;
    }
}
