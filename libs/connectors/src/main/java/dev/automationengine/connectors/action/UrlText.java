package dev.automationengine.connectors.action;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts values into URLs without letting them change the URL's structure. */
final class UrlText {
    private UrlText() {}

    /** Percent-encodes everything that is not unreserved (RFC 3986, 2.3). */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same data with every text encoded, for templates of paths. */
    static @Nullable Object encodedDeep(@Nullable Object value) {
        return switch (value) {
            case String text -> encoded(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> encoded = new LinkedHashMap<>();
                map.forEach((name, member) -> encoded.put(String.valueOf(name), encodedDeep(member)));
                yield encoded;
            }
            case null, default -> value;
        };
    }

    /** Parameters as a query or a form has them; those that are null are left out. */
    static String form(Map<?, ?> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> encoded(String.valueOf(parameter.getKey()))
                        + "="
                        + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    /** The URL with query parameters added. */
    static URI withQuery(URI url, Map<?, ?> parameters) {
        String query = form(parameters);
        if (query.isEmpty()) {
            return url;
        }
        String text = url.toString();
        int fragment = text.indexOf('#');
        String base = fragment < 0 ? text : text.substring(0, fragment);
        return URI.create(base + (url.getRawQuery() == null ? "?" : "&") + query);
    }

    /**
     * Reads a URL.
     *
     * @throws InvalidInputException if it is none
     */
    static URI parse(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            // Without the text: it may hold a key.
            throw new InvalidInputException("the URL is not valid");
        }
    }
}
