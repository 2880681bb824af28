package dev.automationengine.kit.privacy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides people in JSON: the values of members with names of personal data, wherever they are; the same values under
 * other names, into which a workflow has copied them; and in all texts addresses and telephone numbers with their country
 * code. Everything else stays, so that it can still be seen what happened. Ids, statuses and types stay, too.
 */
public final class Masks {
    /** What is seen instead. */
    public static final String MASK = "***";

    /** Member of a payload that names the members that its form says are personal. */
    public static final String MARKS = "personal_fields";

    private static final Pattern CONTACT =
            Pattern.compile("[^\\s@<>\"'(),;:\\[\\]\\\\=&?/]{1,64}(?:@|%40)[^\\s@<>\"'(),;:&?/\\[\\]\\\\]{3,255}+"
                    + "|\\+[0-9](?:[ ()./\\-\\u00a0]?[0-9]){6,14}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_.\\-]");

    /** Of the engine itself; a person who is called like one of their values changes nothing. */
    private static final Set<String> KEPT = Set.of("id", "status", "type", "action", "kind", "error_class", "mode");

    private final Set<String> names = new HashSet<>();
    private final List<String> beginnings;

    Masks(Collection<String> fields) {
        fields.stream().filter(field -> !field.endsWith("*")).map(Masks::normal).forEach(names::add);
        this.beginnings = fields.stream()
                .filter(field -> field.endsWith("*"))
                .map(field -> normal(field.substring(0, field.length() - 1)))
                .toList();
    }

    /** The same without people; what was given stays as it is. */
    public JsonNode masked(JsonNode value) {
        Set<String> marked = new HashSet<>();
        for (JsonNode marks : value.findValues(MARKS)) {
            marks.forEach(name -> marked.add(normal(name.asString(""))));
        }
        PersonalValues values = new PersonalValues();
        collect(value, marked, values);
        return masked(value, marked, values);
    }

    private void collect(JsonNode value, Set<String> marked, PersonalValues values) {
        if (value instanceof ObjectNode object) {
            object.forEachEntry((name, member) -> {
                if (isPersonal(name, marked)) {
                    values.add(member);
                } else {
                    collect(member, marked, values);
                }
            });
        } else if (value instanceof ArrayNode array) {
            array.forEach(element -> collect(element, marked, values));
        }
    }

    private JsonNode masked(JsonNode value, Set<String> marked, PersonalValues values) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode masked = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((name, member) -> masked.set(
                        withoutContacts(name),
                        isPersonal(name, marked)
                                ? hidden(member)
                                : isKept(name, member) ? member : masked(member, marked, values)));
                yield masked;
            }
            case ArrayNode array -> {
                ArrayNode masked = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> masked.add(masked(element, marked, values)));
                yield masked;
            }
            default ->
                value.isString()
                        ? JsonNodeFactory.instance.stringNode(values.hidden(withoutContacts(value.asString())))
                        : value;
        };
    }

    /** Of objects and lists the form stays: whoever reads them expects it. */
    private static JsonNode hidden(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode hidden = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((name, member) -> hidden.set(withoutContacts(name), hidden(member)));
                yield hidden;
            }
            case ArrayNode array -> {
                ArrayNode hidden = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> hidden.add(hidden(element)));
                yield hidden;
            }
            default -> value.isNull() || value.isBoolean() ? value : JsonNodeFactory.instance.stringNode(MASK);
        };
    }

    private boolean isPersonal(String name, Set<String> marked) {
        String normal = normal(name);
        return !name.equals(MARKS)
                && (names.contains(normal)
                        || marked.contains(normal)
                        || beginnings.stream().anyMatch(normal::startsWith));
    }

    private static boolean isKept(String name, JsonNode member) {
        return member.isString()
                && (KEPT.contains(name) || name.endsWith("_id") || name.equals(MARKS))
                && !CONTACT.matcher(member.asString()).find();
    }

    /** A text without addresses, and without telephone numbers that have a country code. */
    static String withoutContacts(String text) {
        return text.indexOf('@') < 0 && text.indexOf('+') < 0 && text.indexOf('%') < 0
                ? text
                : CONTACT.matcher(text).replaceAll(MASK);
    }

    private static String normal(String name) {
        return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
