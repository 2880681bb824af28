package dev.automationengine.model.workflow;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook's caller shows who it is: member {@code security} of the trigger's configuration. The secret itself is
 * the trigger's credential, of kind {@value #CREDENTIAL_KIND}; it is never a part of the definition.
 */
public sealed interface WebhookSecurity {
    /** The kind of credential that holds the secret, in its member {@value #SECRET}. */
    String CREDENTIAL_KIND = "webhook_secret";

    /** The member of the credential that holds the secret. */
    String SECRET = "secret";

    /** Whoever knows the URL may call. */
    record None() implements WebhookSecurity {}

    /**
     * The caller sends the secret itself.
     *
     * @param header in which header
     */
    record Secret(String header) implements WebhookSecurity {}

    /**
     * The caller signs the body. A header's value may be a list with commas, as Stripe's
     * {@code t=1614265330,v1=5257a8}: then its members are looked at one by one.
     *
     * @param header the header of the signature
     * @param prefix what a signature starts with, for instance {@code sha256=}; may be empty
     * @param algorithm the hash
     * @param encoding how the signature is written
     * @param signed what is signed: a text with {@code {body}} once and {@code {timestamp}} at most once
     * @param timestamp where the timestamp is; null unless it is signed
     */
    record Hmac(
            String header,
            String prefix,
            Algorithm algorithm,
            Encoding encoding,
            String signed,
            @Nullable Timestamp timestamp)
            implements WebhookSecurity {}

    /**
     * When a body was signed, in seconds since 1970.
     *
     * @param header the header
     * @param prefix what the timestamp starts with, for instance {@code t=}; may be empty
     * @param tolerance how far it may be from our time, either way
     */
    record Timestamp(String header, String prefix, Duration tolerance) {}

    /**
     * {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature} of version 1.
     *
     * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the
     *     specification</a>
     */
    record StandardWebhooks() implements WebhookSecurity {}

    /** Hashes that senders use. */
    enum Algorithm {
        /** SHA-1: old, but an HMAC of it still holds. */
        SHA1("HmacSHA1"),
        /** SHA-256. */
        SHA256("HmacSHA256"),
        /** SHA-512. */
        SHA512("HmacSHA512");

        private final String macName;

        Algorithm(String macName) {
            this.macName = macName;
        }

        /** The name that the JDK knows it by. */
        public String macName() {
            return macName;
        }
    }

    /** How bytes are written in a header. */
    enum Encoding {
        /** Base 16, in either case. */
        HEX,
        /** Base 64. */
        BASE64
    }

    /**
     * Reads the member {@code security} of a webhook's configuration.
     *
     * @param config the trigger's configuration
     * @param findings gets what is wrong: a JSON pointer from the configuration's root, and the reason with the mend
     * @return null if it cannot be used
     */
    static @Nullable WebhookSecurity read(
            Map<String, ? extends @Nullable Object> config, BiConsumer<String, String> findings) {
        return new WebhookSecurityReader(findings).read(config.get("security"));
    }
}
