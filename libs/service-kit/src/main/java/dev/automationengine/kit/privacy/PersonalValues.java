package dev.automationengine.kit.privacy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people have answered, and where it is repeated in other texts, as whole words. */
final class PersonalValues {
    /** Shorter ones are repeated everywhere. */
    private static final int SHORTEST = 3;

    private static final int LONGEST = 300;
    /** More are not looked for: an answer with more people in it is masked by names and contacts only. */
    private static final int MOST = 500;

    private final Set<String> values = new HashSet<>();
    private @Nullable Pattern pattern;

    /** Adds all texts and numbers in a value. */
    void add(JsonNode value) {
        if (value.isContainer()) {
            value.forEach(this::add);
        } else if (value.isString() || value.isNumber()) {
            String text = value.asString().strip();
            if (text.length() >= SHORTEST && text.length() <= LONGEST && values.size() < MOST) {
                values.add(text);
            }
        }
    }

    /** The text without what was added. */
    String hidden(String text) {
        if (values.isEmpty() || values.stream().noneMatch(text::contains)) {
            return text;
        }
        return pattern().matcher(text).replaceAll(Masks.MASK);
    }

    private Pattern pattern() {
        if (pattern == null) {
            // The longest first: of a name within a longer one nothing must be left.
            String any = values.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            pattern = Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])");
        }
        return pattern;
    }
}
