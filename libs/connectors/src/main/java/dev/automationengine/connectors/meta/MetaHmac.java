package dev.automationengine.connectors.meta;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 keyed with an app secret, which Meta uses for webhooks and for calls of Graph. */
public final class MetaHmac {
    private static final String ALGORITHM = "HmacSHA256";

    private MetaHmac() {}

    /** The code of a message. */
    public static byte[] of(String appSecret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * {@code appsecret_proof} of a call of Graph: the code of its access token, in hex.
     *
     * @see <a href="https://developers.facebook.com/docs/graph-api/guides/secure-requests">Secure requests</a>
     */
    public static String proof(String appSecret, String token) {
        return HexFormat.of().formatHex(of(appSecret, token.getBytes(StandardCharsets.UTF_8)));
    }
}
