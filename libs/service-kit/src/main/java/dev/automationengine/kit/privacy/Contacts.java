package dev.automationengine.kit.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and telephone numbers in texts, in the one form that they are compared in: addresses in lower case, numbers
 * in E.164.
 */
public final class Contacts {
    // The counts are bounded, so a search takes time linear in the text.
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"'(),;:\\[\\]\\\\]{1,64}@[^\\s@<>\"'(),;:&?/\\[\\]\\\\]{3,255}+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()./\\-\\u00a0]{5,24}+");
    private static final Pattern TRAILING = Pattern.compile("[.!?}]+$");
    /** Fewest digits of a number that may lack its plus, as WhatsApp writes it. */
    private static final int INTERNATIONAL_DIGITS = 10;

    private static final int LONGEST = 20_000;
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
        return EMAIL.matcher(trimmed).matches() ? emailOf(trimmed) : null;
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

    /**
     * Every address and number that a text may hold; a text of digits may be read in more than one way. Of very long
     * texts pieces are read, so that time stays linear.
     */
    static Set<Contact> in(String text, @Nullable String region) {
        Set<Contact> found = new LinkedHashSet<>();
        for (int start = 0; start < text.length(); start += LONGEST / 2) {
            // Pieces overlap by half, so none cuts a contact in all of them.
            collect(text.substring(start, Math.min(text.length(), start + LONGEST)), region, found);
            if (start + LONGEST >= text.length()) {
                break;
            }
        }
        return found;
    }

    private static void collect(String text, @Nullable String region, Set<Contact> found) {
        emails(text, found);
        phones(text, region, found);
        if (text.indexOf('%') >= 0) {
            // A URL with the address in its query.
            String decoded = decoded(text);
            emails(decoded, found);
            phones(decoded, region, found);
        }
    }

    private static void emails(String text, Set<Contact> found) {
        if (text.indexOf('@') < 0) {
            return;
        }
        Matcher matcher = EMAIL.matcher(text);
        while (matcher.find()) {
            String address = TRAILING.matcher(matcher.group()).replaceFirst("");
            found.add(emailOf(address));
            // These may belong to an address, and separate it from what is before it far more often.
            int local = address.indexOf('@');
            for (int i = 0; i < local; i++) {
                if ("=&?/{".indexOf(address.charAt(i)) >= 0 && i + 1 < local) {
                    found.add(emailOf(address.substring(i + 1)));
                }
            }
        }
    }

    private static void phones(String text, @Nullable String region, Set<Contact> found) {
        Matcher matcher = PHONE.matcher(text);
        while (matcher.find()) {
            String number = matcher.group();
            add(phone(number, region), found);
            if (number.charAt(0) != '+'
                    && number.chars().filter(Character::isDigit).count() >= INTERNATIONAL_DIGITS) {
                add(phone("+" + number, region), found);
            }
        }
    }

    private static void add(@Nullable Contact contact, Set<Contact> found) {
        if (contact != null) {
            found.add(contact);
        }
    }

    private static Contact emailOf(String address) {
        return new Contact(Kind.EMAIL, address.toLowerCase(Locale.ROOT));
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
