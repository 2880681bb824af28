package dev.automationengine.kit.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Takes a person out of a document. In the payloads every text and number becomes {@value #MARKER}, for nobody can tell
 * which of them says something of the person; but names of members, ids that do not name the person and truth values
 * stay, and of a list the objects that name somebody else and not the person. Elsewhere only texts that name the person
 * go.
 */
final class Erasure {
    /** What stands where something was. */
    static final String MARKER = "[erased]";

    private static final String ANY = "*";

    private final Subject subject;

    Erasure(Subject subject) {
        this.subject = subject;
    }

    /**
     * The document without the person.
     *
     * @param payloads where payloads are, each as names from the outermost in; {@code *} is any name or place in a list
     */
    Document erase(Document document, List<List<String>> payloads) {
        Document erased = new Document();
        document.forEach((name, value) -> erased.put(name, frame(value, behind(payloads, name))));
        return erased;
    }

    private @Nullable Object frame(@Nullable Object value, List<List<String>> payloads) {
        if (payloads.stream().anyMatch(List::isEmpty)) {
            return payload(null, value);
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Document erased = new Document();
                map.forEach((key, member) -> {
                    String name = String.valueOf(key);
                    erased.put(name, frame(member, behind(payloads, name)));
                });
                yield erased;
            }
            case List<?> list -> {
                List<@Nullable Object> erased = new ArrayList<>();
                list.forEach(element -> erased.add(frame(element, behind(payloads, ANY))));
                yield erased;
            }
            case String text when subject.isNamedIn(text) -> MARKER;
            case null -> null;
            default -> value;
        };
    }

    private static List<List<String>> behind(List<List<String>> payloads, String name) {
        return payloads.stream()
                .filter(path -> path.getFirst().equals(name) || path.getFirst().equals(ANY))
                .map(path -> path.subList(1, path.size()))
                .toList();
    }

    private @Nullable Object payload(@Nullable String name, @Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> members(map);
            case List<?> list -> {
                List<@Nullable Object> erased = new ArrayList<>();
                list.forEach(element -> erased.add(subject.isSomebodyElse(element) ? element : payload(name, element)));
                yield erased;
            }
            case Boolean truth -> truth;
            case null -> null;
            default -> isId(name) && !subject.isNamedIn(value) ? value : MARKER;
        };
    }

    private Document members(Map<?, ?> map) {
        Document erased = new Document();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            erased.put(subject.isNamedIn(name) ? MARKER + (erased.size() + 1) : name, payload(name, value));
        });
        return erased;
    }

    private static boolean isId(@Nullable String name) {
        return name != null && (name.equals("id") || name.endsWith("_id") || name.endsWith("Id"));
    }
}
