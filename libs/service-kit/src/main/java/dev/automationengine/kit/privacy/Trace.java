package dev.automationengine.kit.privacy;

import dev.automationengine.kit.privacy.Contacts.Contact;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a contact leaves in any text that has it, however it is written there: an address itself, and of a number its
 * last digits, since those are the same with and without its country code. Texts with the same trace may name somebody
 * else, so a trace says only where to look.
 */
final class Trace {
    /** Numbers of small countries are not longer without their country code. */
    private static final int LAST = 6;
    /** 15 of E.164, and the prefix for calls abroad; what is longer is no number. */
    private static final int MOST_DIGITS = 19;

    private Trace() {}

    /** The trace of a contact. */
    static String of(Contact contact) {
        return switch (contact.kind()) {
            case EMAIL -> email(contact.value());
            case PHONE -> digits(contact.value());
        };
    }

    /**
     * The traces in a value, at any depth.
     *
     * @return null if there are more than {@code most}
     */
    static @Nullable Set<String> in(@Nullable Object value, int most) {
        Set<String> found = new LinkedHashSet<>();
        boolean tooMany = Texts.any(value, text -> {
            Texts.find(text, email -> found.add(email(email)), number -> number(number, found));
            return found.size() > most;
        });
        return tooMany ? null : found;
    }

    private static void number(String text, Set<String> found) {
        long digits = text.chars().filter(Character::isDigit).count();
        if (digits >= LAST && digits <= MOST_DIGITS) {
            found.add(digits(text));
        }
    }

    private static String email(String address) {
        return "email " + address;
    }

    private static String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        number.chars()
                .filter(Character::isDigit)
                .map(digit -> Character.digit(digit, 10))
                .forEach(digits::append);
        return "digits " + digits.substring(digits.length() - LAST);
    }
}
