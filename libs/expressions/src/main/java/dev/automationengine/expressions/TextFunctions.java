package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on text: those of JSONata that take a pattern, and what leads need. Missing in, missing out. */
final class TextFunctions {
    private static final Map<String, String> DIGESTS =
            Map.of("sha256", "SHA-256", "sha512", "SHA-512", "sha1", "SHA-1", "md5", "MD5");

    private static final int PHONE_WORK = 20;

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                onText("match", TextFunctions::matches),
                onText("contains", TextFunctions::contains),
                onText("split", TextFunctions::split),
                onText("replace", TextFunctions::replace),
                onText("pad", TextFunctions::pad),
                new Function("phone", 1, 2, given -> phone(given.get(0), given.get(1))),
                new Function("normalizeEmail", 1, 1, given -> email(given.getFirst())),
                new Function("hash", 1, 2, given -> hash(given.get(0), given.get(1))));
    }

    @FunctionalInterface
    private interface OnText {
        Object apply(List<@Nullable Object> given, String text);
    }

    private static Function onText(String name, OnText body) {
        return new Function(
                name,
                SyntaxTree.builtIn(name),
                given -> given.getFirst() instanceof String text ? body.apply(given, text) : null);
    }

    private static Object matches(List<@Nullable Object> given, String text) {
        return pattern(given.get(1)).matches(text, most(given, 2));
    }

    private static Object contains(List<@Nullable Object> given, String text) {
        return given.get(1) instanceof String part
                ? text.contains(part)
                : pattern(given.get(1)).isFoundIn(text);
    }

    private static Object split(List<@Nullable Object> given, String text) {
        LinearPattern pattern = given.get(1) instanceof String separator
                ? (separator.isEmpty() ? null : literal(separator))
                : pattern(given.get(1));
        if (pattern != null) {
            return pattern.split(text, most(given, 2));
        }
        List<String> characters = new ArrayList<>();
        text.codePoints().limit(most(given, 2)).forEach(each -> characters.add(Character.toString(each)));
        return characters;
    }

    private static Object replace(List<@Nullable Object> given, String text) {
        if (!(given.get(2) instanceof String replacement)) {
            throw new FunctionException("$replace takes a text as replacement, not a function");
        }
        if (given.get(1) instanceof String part) {
            if (part.isEmpty()) {
                throw new FunctionException("$replace cannot replace the empty text");
            }
            return literal(part).replace(text, replacement.replace("$", "$$"), most(given, 3));
        }
        return pattern(given.get(1)).replace(text, replacement, most(given, 3));
    }

    /** The library's takes time by the square of the width. */
    private static Object pad(List<@Nullable Object> given, String text) {
        long asked = given.get(1) instanceof Number number ? number.longValue() : 0;
        // More is refused below anyway, and would overflow.
        long width = Math.clamp(asked, -2 * Limits.SIZE, 2 * Limits.SIZE);
        long missing = Math.abs(width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        Evaluation.current().size(text.length() + missing, null);
        String with = given.size() > 2 && given.get(2) instanceof String pad && !pad.isEmpty() ? pad : " ";
        int[] characters = with.codePoints().limit(missing).toArray();
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(characters[i % characters.length]);
        }
        return width > 0 ? text + padding : padding + text;
    }

    private static LinearPattern literal(String text) {
        if (text.length() > LinearPattern.MAX_LENGTH / 2) {
            throw new FunctionException(
                    "a text to look for has at most " + LinearPattern.MAX_LENGTH / 2 + " characters");
        }
        return LinearPattern.of(Pattern.compile(com.google.re2j.Pattern.quote(text), Pattern.LITERAL));
    }

    private static LinearPattern pattern(@Nullable Object value) {
        if (value instanceof LinearPattern pattern) {
            return pattern;
        }
        throw new FunctionException("a text or a /pattern/ is needed to look for");
    }

    private static long most(List<@Nullable Object> given, int place) {
        if (place >= given.size() || !(given.get(place) instanceof Number number)) {
            return Long.MAX_VALUE;
        }
        if (number.doubleValue() < 0) {
            throw new FunctionException("a limit is not negative");
        }
        return number.longValue();
    }

    private static @Nullable Object phone(@Nullable Object value, @Nullable Object region) {
        Evaluation.current().work(PHONE_WORK);
        return value == null ? null : PhoneNumbers.e164(text(value), region == null ? null : text(region));
    }

    private static @Nullable Object email(@Nullable Object value) {
        String address = value instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
        return Formats.isEmail(address) ? address : null;
    }

    private static @Nullable Object hash(@Nullable Object value, @Nullable Object algorithm) {
        String name = algorithm == null
                ? "sha256"
                : text(algorithm).toLowerCase(Locale.ROOT).replace("-", "");
        String digest = DIGESTS.get(name);
        if (digest == null) {
            throw new FunctionException("$hash knows sha256, sha512, sha1 and md5");
        }
        if (value == null) {
            return null;
        }
        try {
            byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has these", e);
        }
    }

    private static String text(Object value) {
        return value == Jsonata.NULL_VALUE ? "" : JsonText.of(value, Template.MAX_RENDERED_CHARACTERS);
    }
}
