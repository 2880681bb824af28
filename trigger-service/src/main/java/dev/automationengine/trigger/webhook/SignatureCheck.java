package dev.automationengine.trigger.webhook;

import dev.automationengine.model.workflow.WebhookSecurity;
import dev.automationengine.model.workflow.WebhookSecurity.Algorithm;
import dev.automationengine.model.workflow.WebhookSecurity.Encoding;
import dev.automationengine.model.workflow.WebhookSecurity.Timestamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call is from who knows the secret. Pure; secrets and signatures are compared in a time that tells nothing.
 *
 * @param header gives a header's value by its name, null if it is not there
 * @param body the bytes as they came
 * @param now the present time
 */
record SignatureCheck(Function<String, @Nullable String> header, byte[] body, Instant now) {
    private static final String STANDARD_PREFIX = "whsec_";
    private static final String STANDARD_VERSION = "v1,";
    private static final Duration STANDARD_TOLERANCE = Duration.ofMinutes(5);
    private static final String BODY = "{body}";
    private static final String TIMESTAMP = "{timestamp}";
    private static final int MOST_SIGNATURES = 10;

    /** What comes of it; {@code secret} is not looked at where none is asked for. */
    Verdict check(WebhookSecurity security, String secret) {
        return switch (security) {
            case WebhookSecurity.None none -> Verdict.VALID;
            case WebhookSecurity.Secret(String name) -> bare(value(name), secret);
            case WebhookSecurity.Hmac hmac -> hmac(hmac, secret);
            case WebhookSecurity.StandardWebhooks standard -> standard(secret);
        };
    }

    private static Verdict bare(@Nullable String given, String secret) {
        if (given == null) {
            return Verdict.MISSING;
        }
        return MessageDigest.isEqual(bytes(given), bytes(secret)) ? Verdict.VALID : Verdict.MISMATCH;
    }

    private Verdict hmac(WebhookSecurity.Hmac hmac, String secret) {
        String given = value(hmac.header());
        Timestamp timestamp = hmac.timestamp();
        String seconds = timestamp == null ? "" : member(value(timestamp.header()), timestamp.prefix());
        if (given == null || seconds == null) {
            return Verdict.MISSING;
        }
        if (timestamp != null) {
            Verdict inTime = inTime(seconds, timestamp.tolerance());
            if (inTime != Verdict.VALID) {
                return inTime;
            }
        }
        byte[] expected = mac(hmac.algorithm(), bytes(secret), content(hmac.signed(), seconds));
        return anyIs(members(given, ",", hmac.prefix()), hmac.encoding(), expected);
    }

    private Verdict standard(String secret) {
        String id = value("webhook-id");
        String seconds = value("webhook-timestamp");
        String given = value("webhook-signature");
        if (id == null || seconds == null || given == null) {
            return Verdict.MISSING;
        }
        Verdict inTime = inTime(seconds, STANDARD_TOLERANCE);
        if (inTime != Verdict.VALID) {
            return inTime;
        }
        byte[] expected = mac(Algorithm.SHA256, standardKey(secret), signed(id + "." + seconds + ".", ""));
        return anyIs(members(given, " ", STANDARD_VERSION), Encoding.BASE64, expected);
    }

    /**
     * The key of a secret of Standard Webhooks.
     *
     * @throws IllegalArgumentException if it is not in base 64
     */
    private static byte[] standardKey(String secret) {
        String text = secret.strip();
        return Base64.getDecoder()
                .decode(text.startsWith(STANDARD_PREFIX) ? text.substring(STANDARD_PREFIX.length()) : text);
    }

    private Verdict inTime(String seconds, Duration tolerance) {
        try {
            Instant signedAt = Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
            return Duration.between(signedAt, now).abs().compareTo(tolerance) <= 0 ? Verdict.VALID : Verdict.EXPIRED;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Verdict.MALFORMED;
        }
    }

    /** What was signed. The body goes in as bytes: it need not be text. */
    private byte[] content(String template, String seconds) {
        int at = template.indexOf(BODY);
        return signed(
                template.substring(0, at).replace(TIMESTAMP, seconds),
                template.substring(at + BODY.length()).replace(TIMESTAMP, seconds));
    }

    private byte[] signed(String before, String after) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length + before.length() + after.length());
        content.writeBytes(bytes(before));
        content.writeBytes(body);
        content.writeBytes(bytes(after));
        return content.toByteArray();
    }

    private static Verdict anyIs(List<String> claimed, Encoding encoding, byte[] expected) {
        boolean readable = false;
        boolean valid = false;
        for (String each : claimed) {
            byte[] signature = decoded(each, encoding);
            readable |= signature != null;
            // All of them, in constant time: how long it takes tells nothing.
            valid |= signature != null && MessageDigest.isEqual(signature, expected);
        }
        if (valid) {
            return Verdict.VALID;
        }
        return readable ? Verdict.MISMATCH : Verdict.MALFORMED;
    }

    private static byte @Nullable [] decoded(String text, Encoding encoding) {
        try {
            return switch (encoding) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String member(@Nullable String value, String prefix) {
        return value == null
                ? null
                : members(value, ",", prefix).stream().findFirst().orElse(null);
    }

    private static List<String> members(String value, String separator, String prefix) {
        Stream<String> members = Arrays.stream(value.split(separator))
                .map(String::strip)
                .filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length()));
        return members.limit(MOST_SIGNATURES).toList();
    }

    private @Nullable String value(String name) {
        return header.apply(name);
    }

    private static byte[] mac(Algorithm algorithm, byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm.macName());
            mac.init(new SecretKeySpec(key, algorithm.macName()));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.macName(), e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
