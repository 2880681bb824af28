package dev.automationengine.expressions;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/** What texts look like. */
final class Formats {
    private static final int MAX_EMAIL_LENGTH = 254;
    private static final int MAX_URL_LENGTH = 2_048;
    /** Not RFC 5322, but what mailbox providers give out: no quotes, no blanks, a dot in the domain. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\"<>(),:;\\[\\]\\\\]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}[\\p{L}\\p{N}-]{2,63}");

    private Formats() {}

    static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL_LENGTH && EMAIL.matcher(text).matches();
    }

    /** An absolute address of the web, with a host. */
    static boolean isUrl(String text) {
        if (text.length() > MAX_URL_LENGTH) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && Set.of("http", "https").contains(uri.getScheme().toLowerCase(java.util.Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
