package dev.automationengine.trigger.meta;

import dev.automationengine.connectors.meta.MetaHmac;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks {@code X-Hub-Signature-256}: HMAC-SHA256 over the bytes as they came, in hex, keyed with the app secret.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started">Webhooks: Get Started</a>
 */
@Component
class MetaSignatures {
    private static final String PREFIX = "sha256=";

    private final List<String> secrets;

    MetaSignatures(MetaProperties properties) {
        this.secrets = properties.appSecrets();
    }

    /** Whether a header's value is the signature of a body under any of the secrets. */
    boolean valid(byte[] body, @Nullable String header) {
        if (header == null || !header.startsWith(PREFIX)) {
            return false;
        }
        byte[] claimed;
        try {
            claimed = HexFormat.of().parseHex(header.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean valid = false;
        for (String secret : secrets) {
            // All of them, in constant time: how long it takes tells nothing.
            valid |= MessageDigest.isEqual(claimed, MetaHmac.of(secret, body));
        }
        return valid;
    }
}
