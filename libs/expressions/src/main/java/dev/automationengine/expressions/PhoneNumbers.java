package dev.automationengine.expressions;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Telephone numbers, by Google's libphonenumber. */
final class PhoneNumbers {
    private static final int MAX_LENGTH = 64;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /** Whether there are numbers of this region: two letters of ISO 3166-1. */
    static boolean isRegion(String region) {
        return NUMBERS.getSupportedRegions().contains(region.toUpperCase(Locale.ROOT));
    }

    /**
     * The number in E.164, for instance {@code +919876543210}; null if it is not a valid one.
     *
     * @param region where a number without a country code is; null: only numbers with {@code +} can be read
     */
    static @Nullable String e164(String text, @Nullable String region) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            PhoneNumber number = NUMBERS.parse(text, region == null ? null : region.toUpperCase(Locale.ROOT));
            return NUMBERS.isValidNumber(number) ? NUMBERS.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
