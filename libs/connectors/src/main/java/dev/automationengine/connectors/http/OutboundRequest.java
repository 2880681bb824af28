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
 * @param timeout for the whole exchange, from connecting to the last byte of the answer
 */
public record OutboundRequest(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable Body body,
        Duration timeout) {
    /** Copies the headers. */
    public OutboundRequest {
        headers = Map.copyOf(headers);
    }

    /** Without headers and body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getAuthority() + url.getPath();
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
