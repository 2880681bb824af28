package dev.automationengine.connectors.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request may look like: keeps values from breaking out of their header or line. */
final class RequestRules {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
    /** RFC 9110, 5.5, without the obsolete bytes above ASCII. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");
    /** They frame the message or belong to the connection: the client sets them. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final int MAX_PORT = 65_535;
    private static final int MAX_URL = 8_192;

    private RequestRules() {}

    /** Why this request cannot be sent; empty if it can. */
    static Optional<String> objection(OutboundRequest request) {
        if (!METHOD.matcher(request.method()).matches() || request.method().equals("CONNECT")) {
            return Optional.of("the method is not allowed");
        }
        return objection(request.url())
                .or(() -> request.headers().entrySet().stream()
                        .flatMap(header -> objection(header).stream())
                        .findFirst());
    }

    private static Optional<String> objection(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            return Optional.of("the URL must start with http:// or https://");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return Optional.of("the URL has no valid host and port");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("the URL must not hold a user name or password");
        }
        return url.toString().length() > MAX_URL ? Optional.of("the URL is too long") : Optional.empty();
    }

    private static Optional<String> objection(Map.Entry<String, String> header) {
        String name = header.getKey();
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("a header has an invalid name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the header " + name + " is set by the engine");
        }
        return HEADER_VALUE.matcher(header.getValue()).matches()
                ? Optional.empty()
                : Optional.of("the header " + name + " has characters that a header cannot have");
    }
}
