package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes in lower-case hex, as Meta writes them. */
final class Hmac {
    private Hmac() {}

    static String sha256(String key, byte[] message) {
        return hex("HmacSHA256", key, message);
    }

    static String sha1(String key, byte[] message) {
        return hex("HmacSHA1", key, message);
    }

    private static String hex(String algorithm, String key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(algorithm + " is part of every JDK", impossible);
        }
    }
}
