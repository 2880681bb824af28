package dev.automationengine.localstack.simulator;

/**
 * The signatures of Meta's webhook deliveries: over the exact bytes that are sent, keyed with the app secret.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started">Meta: webhooks</a>
 */
public final class MetaSignature {
    private MetaSignature() {}

    /** The value of {@code X-Hub-Signature-256}. */
    public static String sha256(String appSecret, byte[] body) {
        return "sha256=" + Hmac.sha256(appSecret, body);
    }

    /** The value of the older {@code X-Hub-Signature}. */
    public static String sha1(String appSecret, byte[] body) {
        return "sha1=" + Hmac.sha1(appSecret, body);
    }
}
