package dev.automationengine.connectors.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to the world.
 *
 * @param method the method in upper case
 * @param url absolute, http or https, without user info
 * @param headers names to values; those that frame the message are set by the client
 * @param body null for none
 * @param timeout for the whole exchange, from connecting to the last byte of the answer, redirects included
 * @param followRedirects whether a GET or HEAD that is redirected is made again where the answer leads to
 */
public record OutboundRequest(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable Body body,
        Duration timeout,
        boolean followRedirects) {
    /** Copies the headers. */
    public OutboundRequest {
        headers = Map.copyOf(headers);
    }

    /** A call that follows no redirects. */
    public OutboundRequest(String method, URI url, Map<String, String> headers, @Nullable Body body, Duration timeout) {
        this(method, url, headers, body, timeout, false);
    }

    /** The same call with less time. */
    OutboundRequest within(Duration left) {
        return new OutboundRequest(method, url, headers, body, left, followRedirects);
    }

    /** Without headers, body, path and query, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getHost();
    }

    /**
     * A body.
     *
     * @param contentType its media type
     * @param bytes its content
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    public record Body(String contentType, byte[] bytes) {}
}
