package dev.automationengine.kit.privacy;

import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.Document;

/** A collection with personal data; the service that writes it has a bean for each. */
public interface PersonalCollection {
    /** Member that says which request erased a document: {@code { request, at }}. */
    String ERASED = "erased";

    /** Its name. */
    String name();

    /** Where its documents have payloads, each as names from the outermost in; {@code *} is any name or place. */
    List<List<String>> payloads();

    /** Top-level members that hold JSON as text. */
    default Set<String> jsonMembers() {
        return Set.of();
    }

    /**
     * Stores a document without the person. It has to look again at a document that changed meanwhile.
     *
     * @param found as it was read
     * @param erase makes of a document what it is without the person, with the mark of the request
     * @return what was erased: the document, and what goes with it; as not erased what could not be now
     */
    List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase);
}
