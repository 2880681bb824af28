package dev.automationengine.expressions;

import dev.automationengine.expressions.Path.Segment;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of one {@link Path}. */
final class PathParser {
    private static final int MAX_INDEX_DIGITS = 6;

    private final String text;
    private int at;

    PathParser(String text) {
        this.text = text.strip();
    }

    static boolean isPlainName(String name) {
        return !name.isEmpty() && name.chars().allMatch(PathParser::isNamePart);
    }

    Path parse() {
        if (text.isEmpty()) {
            throw new InvalidExpressionException("the path is empty: name what to read, such as trigger.fields.email");
        }
        if (text.length() > Path.MAX_LENGTH) {
            throw new InvalidExpressionException("a path has at most " + Path.MAX_LENGTH + " characters");
        }
        List<Segment> segments = new ArrayList<>();
        segments.add(name());
        while (at < text.length()) {
            segments.add(
                    switch (text.charAt(at)) {
                        case '.' -> {
                            at++;
                            yield name();
                        }
                        case '[' -> brackets();
                        default -> throw unexpected("'.' or '['");
                    });
        }
        return new Path(segments);
    }

    private Segment name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected("a name (other keys go into brackets: ['which car?'])");
        }
        return new Segment.Key(text.substring(start, at));
    }

    private Segment brackets() {
        at++;
        Segment segment =
                at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"') ? quoted() : index();
        if (at >= text.length() || text.charAt(at) != ']') {
            throw unexpected("']'");
        }
        at++;
        return segment;
    }

    private Segment quoted() {
        char quote = text.charAt(at++);
        StringBuilder key = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            key.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw unexpected("the closing " + quote);
        }
        at++;
        return new Segment.Key(key.toString());
    }

    private Segment index() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MAX_INDEX_DIGITS) {
            throw unexpected("an index or a key in quotes");
        }
        return new Segment.Index(Integer.parseInt(text.substring(start, at)));
    }

    private InvalidExpressionException unexpected(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new InvalidExpressionException(
                "'" + text + "' is not a path: " + wanted + " expected at character " + (at + 1) + ", not " + found);
    }

    private static boolean isNamePart(int character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '-';
    }
}
