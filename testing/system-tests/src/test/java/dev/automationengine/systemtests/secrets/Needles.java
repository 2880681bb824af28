package dev.automationengine.systemtests.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds any of many secrets in bytes by one pass: as they are, in hexadecimal, and in base 64 wherever they begin in
 * what was encoded.
 */
final class Needles {
    private static final int WINDOW = Long.BYTES;
    private static final int FILTER = 1 << 16;

    private final Map<Long, Set<Needle>> byStart = new HashMap<>();
    private final BitSet filter = new BitSet(FILTER);
    private int longest;

    Needles(Collection<String> secrets) {
        secrets.forEach(this::add);
    }

    private record Needle(String form, String bytes) {}

    private void add(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String label = secret.substring(0, 4) + "... (" + secret.length() + " characters)";
        add(label, new String(bytes, StandardCharsets.ISO_8859_1));
        add(label + " in hex", HexFormat.of().formatHex(bytes));
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // What stands before and after the secret changes the characters at its ends.
            add(label + " in base 64", text.substring(offset == 0 ? 0 : offset + 1, text.length() - 1));
        }
    }

    private void add(String form, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long start = 0;
        for (int i = 0; i < WINDOW; i++) {
            start = start << Byte.SIZE | bytes[i] & 0xff;
        }
        byStart.computeIfAbsent(start, key -> new HashSet<>()).add(new Needle(form, text));
        filter.set(slot(start));
        longest = Math.max(longest, bytes.length);
    }

    /** The most bytes that a secret takes. */
    int longest() {
        return longest;
    }

    /** What is in the first bytes of a buffer, in words that do not tell it. */
    Set<String> in(byte[] bytes, int length) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int i = 0; i < length; i++) {
            window = window << Byte.SIZE | bytes[i] & 0xff;
            if (i >= WINDOW - 1 && filter.get(slot(window))) {
                int from = i - WINDOW + 1;
                byStart.getOrDefault(window, Set.of()).stream()
                        .filter(needle -> isAt(bytes, from, length, needle.bytes()))
                        .forEach(needle -> found.add(needle.form()));
            }
        }
        return found;
    }

    private static boolean isAt(byte[] bytes, int from, int length, String text) {
        byte[] needle = text.getBytes(StandardCharsets.ISO_8859_1);
        return from + needle.length <= length
                && Arrays.equals(bytes, from, from + needle.length, needle, 0, needle.length);
    }

    private static int slot(long window) {
        return (int) ((window * 0x9E3779B97F4A7C15L) >>> 48);
    }
}
