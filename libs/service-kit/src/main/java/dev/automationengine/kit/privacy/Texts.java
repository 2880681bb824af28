package dev.automationengine.kit.privacy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What in a text looks like an address or a telephone number. Cheap: it does not ask which numbers there are. */
final class Texts {
    // The counts are bounded, so a search takes time linear in the text.
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"'(),;:\\[\\]\\\\]{1,64}@[^\\s@<>\"'(),;:&?/\\[\\]\\\\]{3,255}+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()./\\-\\u00a0]{5,24}+");
    private static final Pattern TRAILING = Pattern.compile("[.!?}]+$");
    private static final int LONGEST = 20_000;

    private Texts() {}

    /** Whether the whole text is an address. */
    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    /** The address in the form that is compared. */
    static String normal(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    /**
     * Finds every address, in the form that is compared, and everything that may be a number, as it stands. Of very long
     * texts pieces are read, so that time stays linear.
     */
    static void find(String text, Consumer<String> emails, Consumer<String> numbers) {
        for (int start = 0; start < text.length(); start += LONGEST / 2) {
            // Pieces overlap by half, so none cuts a contact in all of them.
            String piece = text.substring(start, Math.min(text.length(), start + LONGEST));
            findInPiece(piece, emails, numbers);
            if (piece.indexOf('%') >= 0) {
                // A URL with the address in its query.
                findInPiece(decoded(piece), emails, numbers);
            }
            if (start + LONGEST >= text.length()) {
                break;
            }
        }
    }

    /** Whether any text in it, at any depth, is as wanted; numbers are read as their texts. */
    static boolean any(@Nullable Object value, Predicate<String> test) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream().anyMatch(entry -> any(entry.getKey(), test) || any(entry.getValue(), test));
            case Collection<?> list -> list.stream().anyMatch(element -> any(element, test));
            case String text -> test.test(text);
            case Number number -> test.test(number.toString());
            case null, default -> false;
        };
    }

    private static void findInPiece(String text, Consumer<String> emails, Consumer<String> numbers) {
        if (text.indexOf('@') >= 0) {
            Matcher matcher = EMAIL.matcher(text);
            while (matcher.find()) {
                email(TRAILING.matcher(matcher.group()).replaceFirst(""), emails);
            }
        }
        Matcher matcher = PHONE.matcher(text);
        while (matcher.find()) {
            numbers.accept(matcher.group());
        }
    }

    private static void email(String address, Consumer<String> emails) {
        emails.accept(normal(address));
        // These may belong to an address, and separate it from what is before it far more often.
        int local = address.indexOf('@');
        for (int i = 0; i < local; i++) {
            if ("=&?/{".indexOf(address.charAt(i)) >= 0 && i + 1 < local) {
                emails.accept(normal(address.substring(i + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that is only that.
            return text;
        }
    }
}
