package dev.automationengine.kit.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and telephone numbers in texts, in the one form that they are compared in: addresses in lower case, numbers
 * in E.164.
 */
public final class Contacts {
    /** Fewest digits of a number that may lack its plus, as WhatsApp writes it. */
    private static final int INTERNATIONAL_DIGITS = 10;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private Contacts() {}

    /**
     * What a contact is.
     *
     * @param kind address or number
     * @param value in the form that is compared
     */
    public record Contact(Kind kind, String value) {
        /** Does not show it: it is personal data. */
        @Override
        public String toString() {
            return "Contact[" + kind + "]";
        }
    }

    /** The kinds of contacts. */
    public enum Kind {
        /** An e-mail address. */
        EMAIL,
        /** A telephone number. */
        PHONE
    }

    /** The address in the form that is compared; null if it is none. */
    public static @Nullable Contact email(String text) {
        String trimmed = text.strip();
        return Texts.isEmail(trimmed) ? new Contact(Kind.EMAIL, Texts.normal(trimmed)) : null;
    }

    /**
     * The number in the form that is compared; null if it is not valid.
     *
     * @param region where a number without a country code is; null: only numbers with {@code +} can be read
     */
    public static @Nullable Contact phone(String text, @Nullable String region) {
        try {
            PhoneNumber number = NUMBERS.parse(text.strip(), region);
            return NUMBERS.isValidNumber(number)
                    ? new Contact(Kind.PHONE, NUMBERS.format(number, PhoneNumberFormat.E164))
                    : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** The region of a number in E.164; null if it belongs to none. */
    public static @Nullable String region(Contact phone) {
        try {
            return NUMBERS.getRegionCodeForNumber(NUMBERS.parse(phone.value(), null));
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** Whether there are numbers of this region: ISO 3166-1 alpha-2, in capitals. */
    public static boolean isRegion(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }

    /** Every address and number that a text may hold; a text of digits may be read in more than one way. */
    static Set<Contact> in(String text, @Nullable String region) {
        Set<Contact> found = new LinkedHashSet<>();
        Texts.find(text, email -> found.add(new Contact(Kind.EMAIL, email)), number -> {
            add(phone(number, region), found);
            if (number.charAt(0) != '+'
                    && number.chars().filter(Character::isDigit).count() >= INTERNATIONAL_DIGITS) {
                add(phone("+" + number, region), found);
            }
        });
        return found;
    }

    private static void add(@Nullable Contact contact, Set<Contact> found) {
        if (contact != null) {
            found.add(contact);
        }
    }
}
