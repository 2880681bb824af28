package dev.automationengine.systemtests.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Makes bodies that break readers: the same ones again from the same seed. */
final class HostileInput {
    /** Texts, as they stand in JSON, that have broken parsers, stores and encoders somewhere. */
    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\"a.b\"",
            "\"$set\"",
            "\"$where\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\uffff\"",
            "\"\\u202e\"",
            "\"{{ trigger.body }}\"",
            "\"{{ $eval('1') }}\"",
            "\"__proto__\"",
            "\"_id\"",
            "\"org_id\"",
            "\"🜁é\"",
            "\"x\\r\\nSet-Cookie: a=b\"");

    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1e400",
            "-1e-400",
            "1e-7",
            "9007199254740993",
            "123456789012345678901234567890",
            "0.1000000000000000055511151231257827");

    private static final List<String> BROKEN =
            List.of("", " ", "{", "]", "{\"a\":}", "[1,]", "NaN", "'a'", "{}{}", "\u0000", "[[[[", "\"\\x\"", "01");

    private final RandomGenerator random;

    HostileInput(RandomGenerator random) {
        this.random = random;
    }

    /** One of many. */
    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A well-formed JSON text. */
    String json() {
        return value(random.nextInt(5));
    }

    /** Whatever somebody may send as JSON. */
    byte[] body() {
        return switch (random.nextInt(8)) {
            case 0 -> oneOf(BROKEN).getBytes(StandardCharsets.UTF_8);
            case 1 -> cut(json().getBytes(StandardCharsets.UTF_8));
            case 2 -> noise(random.nextInt(200));
            case 3 -> ("[".repeat(60) + "]".repeat(random.nextInt(55, 65))).getBytes(StandardCharsets.UTF_8);
            case 4 -> json().getBytes(oneOf(List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)));
            default -> json().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** A megabyte of zeros in a kilobyte. */
    static byte[] bomb() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(("[" + "0".repeat(1 << 20) + "]").getBytes(StandardCharsets.US_ASCII));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String value(int depth) {
        if (depth == 0) {
            return oneOf(random.nextBoolean() ? TEXTS : SCALARS);
        }
        StringBuilder text = new StringBuilder();
        boolean object = random.nextBoolean();
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(object ? oneOf(TEXTS) + ":" : "")
                    .append(value(depth - 1));
        }
        return object ? "{" + text + "}" : "[" + text + "]";
    }

    private byte[] cut(byte[] bytes) {
        return bytes.length == 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
