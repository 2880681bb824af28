package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How HTTP_REQUEST carries its credential; steps write it in lower case. */
enum HttpAuth {
    /** The value as it is, in the credential's header. */
    HEADER,
    /** The value as a bearer token (RFC 6750). */
    BEARER,
    /** The value, {@code user:password}, as RFC 7617 has it. */
    BASIC,
    /** The value as a query parameter, named as the credential's header. */
    QUERY,
    /** The credential's header says {@code sha256=} and the HMAC-SHA256 of the body, the value its key; in hexadecimal. */
    HMAC;

    private static final String AUTHORIZATION = "Authorization";

    static HttpAuth of(Map<String, ?> input) {
        Object name = input.get("auth");
        try {
            return name == null ? HEADER : valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("auth must be header, bearer, basic, query or hmac");
        }
    }

    /** The URL with the credential, where it belongs there. */
    URI url(URI url, Credential credential) {
        if (this != QUERY) {
            return url;
        }
        String value = value(credential);
        if (!UrlText.encoded(value).equals(value)) {
            // Encoded, it would not be found again where it must be masked.
            throw new InvalidInputException("the credential's value cannot stand in a URL as it is");
        }
        return UrlText.withQuery(url, Map.of(header(credential), value));
    }

    /** Adds the header that carries the credential, if one does. */
    void header(Map<String, String> headers, Credential credential, byte @Nullable [] body) {
        String value = value(credential);
        switch (this) {
            case HEADER -> headers.put(header(credential), value);
            case BEARER -> headers.put(AUTHORIZATION, "Bearer " + value);
            case BASIC ->
                headers.put(
                        AUTHORIZATION,
                        "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
            case HMAC -> headers.put(header(credential), "sha256=" + hmac(value, body == null ? new byte[0] : body));
            case QUERY -> {}
        }
    }

    private static String header(Credential credential) {
        return credential.attributes().getOrDefault("header", AUTHORIZATION);
    }

    private static String value(Credential credential) {
        return credential.secrets().getOrDefault("value", "");
    }

    private static String hmac(String key, byte[] body) {
        if (key.isEmpty()) {
            throw new InvalidInputException("the credential has no value");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
