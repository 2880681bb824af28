package dev.automationengine.kit.privacy;

import dev.automationengine.model.privacy.SubjectWork;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies documents for the person whose data they hold: as JSON, with texts of JSON read, and without the objects of
 * lists that name somebody else and not the person.
 */
public final class PersonalCopies {
    private final SubjectHashes hashes;
    private final JsonMapper json;

    PersonalCopies(SubjectHashes hashes, JsonMapper json) {
        this.hashes = hashes;
        this.json = json;
    }

    /**
     * The person's copy of a document.
     *
     * @param work who is meant
     * @param members the members that are copied, as far as they are there
     */
    public Map<String, @Nullable Object> copy(SubjectWork work, Document document, List<String> members) {
        Subject subject = new Subject(hashes, work);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.stream()
                .filter(document::containsKey)
                .forEach(name -> copy.put(name, copied(subject, read(document.get(name)))));
        return copy;
    }

    private static @Nullable Object copied(Subject subject, @Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, member) -> copy.put(String.valueOf(name), copied(subject, member)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.stream()
                        .filter(element -> !subject.isSomebodyElse(element))
                        .forEach(element -> copy.add(copied(subject, element)));
                yield copy;
            }
            case Date date -> date.toInstant().toString();
            case null, default -> value;
        };
    }

    private @Nullable Object read(@Nullable Object value) {
        if (value instanceof String text && text.startsWith("{")) {
            try {
                return json.readValue(text, Map.class);
            } catch (JacksonException e) {
                // Then it is a text that begins like this.
                return value;
            }
        }
        return value;
    }
}
