package dev.automationengine.kit.privacy;

import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;

import dev.automationengine.kit.mongo.CollectionIndex;
import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/**
 * Says of a document, in its member {@value #MEMBER}, who may be named in it: keyed hashes of the {@link Trace}s of
 * addresses and numbers, and with which key they were made. So a person is found without a look at everything that an
 * organization has. Whoever changes what a document says adds to the member, in the same write.
 *
 * <p>Never missed, but looked at one by one, are documents that have no such member, that name more contacts than it
 * holds, or whose hashes were made with a key that is not known any more.
 */
public final class SubjectIndex {
    /** The member. */
    public static final String MEMBER = "subjects";

    /** Hashes that one write adds at most; a document that names more people is looked at by every search. */
    static final int MOST = 64;

    private static final String ANYBODY = "*";
    /** Behind all letters of hashes, so that the marks of keys are a range of their own. */
    private static final String KEY = "~";

    private static final String LAST = KEY + KEY;
    private static final String REQUEST = "request:";

    private final SubjectHashes hashes;

    SubjectIndex(SubjectHashes hashes) {
        this.hashes = hashes;
    }

    /** The index that a collection with the member needs. */
    public static CollectionIndex index(String collection) {
        return new CollectionIndex(
                collection, new Index().on("org_id", Direction.ASC).on(MEMBER, Direction.ASC));
    }

    /**
     * The content of the member.
     *
     * @param values all that the document says, in any form of maps, lists and texts
     */
    public List<String> of(OrgId org, @Nullable Object values) {
        Set<String> traces = Trace.in(values, MOST);
        String key = KEY + hashes.newestKey();
        return traces == null
                ? List.of(key, ANYBODY)
                : Stream.concat(Stream.of(key), traces.stream().map(trace -> hashes.trace(org, trace)))
                        .toList();
    }

    /** What to add to the member after a change; empty if the change names nobody. */
    public List<String> added(OrgId org, @Nullable Object values) {
        List<String> entries = of(org, values);
        return entries.size() == 1 ? List.of() : entries;
    }

    /** The traces of a person, as they were and are hashed. */
    public List<String> traces(OrgId org, Collection<Contact> person) {
        return person.stream()
                .map(Trace::of)
                .distinct()
                .flatMap(trace -> hashes.traces(org, trace))
                .toList();
    }

    /** The content of the member of a document out of which somebody was erased. */
    List<String> erased(SubjectWork work, Document erased) {
        Document rest = new Document(erased);
        rest.remove(MEMBER);
        List<String> entries = new ArrayList<>(of(work.orgId(), rest));
        entries.add(REQUEST + work.requestId());
        return List.copyOf(entries);
    }

    /** Documents of an organization that may name the person, or from which this request erased the person before. */
    @SuppressWarnings("NullAway") // A document without the member is found by null.
    Bson candidates(SubjectWork work) {
        List<@Nullable String> entries = new ArrayList<>(work.traces());
        entries.add(ANYBODY);
        entries.add(REQUEST + work.requestId());
        entries.add(null);
        List<Bson> any = new ArrayList<>();
        any.add(in(MEMBER, entries));
        // Between the marks of the keys that are known: those of keys that are not.
        String before = KEY;
        for (String key : hashes.keyMarks().map(mark -> KEY + mark).sorted().toList()) {
            any.add(between(before, key));
            before = key;
        }
        any.add(between(before, LAST));
        return or(any);
    }

    private static Bson between(String before, String after) {
        return elemMatch(MEMBER, new Document("$gt", before).append("$lt", after));
    }
}
