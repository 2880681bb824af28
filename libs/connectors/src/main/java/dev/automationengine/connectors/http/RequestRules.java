package dev.automationengine.connectors.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request may look like: keeps values from breaking out of their header or line. */
final class RequestRules {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
    /** RFC 9110, 5.5, without the obsolete bytes above ASCII. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");
    /** They frame the message or belong to the connection: the client sets them. */
    private static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** CONNECT and TRACE are about the way, not about a resource; TRACE tells back headers that are secret. */
    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
    /**
     * Ports where other protocols listen, some of which take an HTTP request for their own (mail, Redis, memcached).
     *
     * @see <a href="https://fetch.spec.whatwg.org/#port-blocking">Fetch: bad ports</a>
     */
    private static final Set<Integer> FORBIDDEN_PORTS = Set.of(
            7, 9, 19, 20, 21, 22, 23, 25, 53, 69, 79, 110, 111, 119, 135, 137, 139, 143, 161, 389, 427, 445, 465, 512,
            513, 514, 515, 540, 548, 554, 587, 601, 636, 989, 990, 993, 995, 2049, 3659, 4045, 4190, 5060, 5061, 6000,
            6379, 6380, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 11211, 27017);
    /** What the network takes for a number, in one of its many spellings. */
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

    private static final String TO_255 = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern FOUR_NUMBERS = Pattern.compile(TO_255 + "(?:\\." + TO_255 + "){3}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_URL = 8_192;

    private RequestRules() {}

    /** Why this request cannot be sent; empty if it can. */
    static Optional<String> objection(OutboundRequest request) {
        if (!METHOD.matcher(request.method()).matches() || FORBIDDEN_METHODS.contains(request.method())) {
            return Optional.of("the method is not allowed");
        }
        return objection(request.url())
                .or(() -> request.headers().entrySet().stream()
                        .flatMap(header -> objection(header).stream())
                        .findFirst())
                .or(() -> objection(request.body()));
    }

    /** Why this URL cannot be called; empty if it can. */
    static Optional<String> objection(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            return Optional.of("the URL must start with http:// or https://");
        }
        String host = url.getHost();
        if (host == null || host.contains("%") || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return Optional.of("the URL has no valid host and port; write an international name as xn--...");
        }
        if (NUMERIC_END.matcher(host).matches() && !FOUR_NUMBERS.matcher(host).matches()) {
            return Optional.of("an address in a URL must be four decimal numbers, or IPv6 in brackets");
        }
        if (FORBIDDEN_PORTS.contains(url.getPort())) {
            return Optional.of("port " + url.getPort() + " belongs to another protocol");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("the URL must not hold a user name or password");
        }
        return url.toString().length() > MAX_URL ? Optional.of("the URL is too long") : Optional.empty();
    }

    private static Optional<String> objection(OutboundRequest.@Nullable Body body) {
        return body == null || HEADER_VALUE.matcher(body.contentType()).matches()
                ? Optional.empty()
                : Optional.of("the content type has characters that a header cannot have");
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
