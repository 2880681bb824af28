package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that takes time in proportion to the text, whatever it says (RE2: no look-around, no
 * back-references). As a function it gives its first match, as JSONata wants it.
 */
final class LinearPattern extends Jsonata.JFunction {
    /** The most characters of a pattern. */
    static final int MAX_LENGTH = 512;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        super((input, arguments) -> first(pattern, arguments), null);
        this.pattern = pattern;
    }

    /** Compiles the pattern of a literal. */
    static LinearPattern of(java.util.regex.Pattern literal) {
        int flags = (literal.flags() & java.util.regex.Pattern.CASE_INSENSITIVE) != 0 ? Pattern.CASE_INSENSITIVE : 0;
        flags |= (literal.flags() & java.util.regex.Pattern.MULTILINE) != 0 ? Pattern.MULTILINE : 0;
        return new LinearPattern(compile(literal.pattern(), flags));
    }

    /**
     * Compiles a pattern.
     *
     * @throws InvalidExpressionException if it is not one, or too long
     */
    static Pattern compile(String source, int flags) {
        if (source.length() > MAX_LENGTH) {
            throw new InvalidExpressionException("a pattern has at most " + MAX_LENGTH + " characters");
        }
        try {
            return Pattern.compile(source, flags);
        } catch (PatternSyntaxException e) {
            throw new InvalidExpressionException("not a pattern of RE2 (" + e.getDescription()
                    + "): look-around and back-references are not part of it");
        }
    }

    boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    List<Map<String, @Nullable Object>> matches(String text, long most) {
        List<Map<String, @Nullable Object>> matches = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matches.size() < most && matcher.find()) {
            Map<String, @Nullable Object> match = new LinkedHashMap<>();
            match.put("match", matcher.group());
            match.put("index", matcher.start());
            match.put("groups", groups(matcher));
            matches.add(match);
        }
        return matches;
    }

    List<String> split(String text, long most) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (pieces.size() < most && matcher.find()) {
            if (matcher.end() > matcher.start()) {
                pieces.add(text.substring(from, matcher.start()));
                from = matcher.end();
            }
        }
        if (pieces.size() < most) {
            pieces.add(text.substring(from));
        }
        return pieces;
    }

    /** Replaces matches; in the replacement {@code $0} is the match, {@code $1} its first group, {@code $$} a dollar. */
    String replace(String text, String replacement, long most) {
        StringBuilder replaced = new StringBuilder();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        for (long done = 0; done < most && matcher.find(); done++) {
            replaced.append(text, from, matcher.start());
            expand(replacement, matcher, replaced);
            from = matcher.end();
            Evaluation.current().size(replaced.length(), null);
        }
        return replaced.append(text, from, text.length()).toString();
    }

    private static void expand(String replacement, Matcher matcher, StringBuilder into) {
        for (int i = 0; i < replacement.length(); i++) {
            char character = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
            if (character == '$' && next == '$') {
                into.append('$');
                i++;
            } else if (character == '$' && next >= '0' && next <= '9') {
                String group = next - '0' <= matcher.groupCount() ? matcher.group(next - '0') : null;
                into.append(group == null ? "" : group);
                i++;
            } else {
                into.append(character);
            }
        }
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            groups.add(group == null ? "" : group);
        }
        return groups;
    }

    private static @Nullable Object first(Pattern pattern, List<?> arguments) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof String text)) {
            return null;
        }
        Evaluation.current().arguments(arguments);
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Map.of(
                        "match",
                        matcher.group(),
                        "start",
                        matcher.start(),
                        "end",
                        matcher.end(),
                        "groups",
                        groups(matcher))
                : null;
    }
}
