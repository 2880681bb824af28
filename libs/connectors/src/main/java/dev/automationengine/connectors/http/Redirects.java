package dev.automationengine.connectors.http;

import dev.automationengine.connectors.http.Exchange.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirected call goes on. Only GET and HEAD do, because they change nothing; never from https to http; to
 * another origin without the headers of the request, any of which may be a secret.
 */
final class Redirects {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final int most;

    Redirects(int most) {
        this.most = most;
    }

    /**
     * What follows an answer.
     *
     * @param followed how many redirects led to this request
     */
    Next next(OutboundRequest request, Exchange exchange, int followed) {
        String location = location(request, exchange);
        if (location == null) {
            return new Next.Done(exchange);
        }
        if (followed >= most) {
            return refused("more than " + most + " redirects follow each other");
        }
        URI target;
        try {
            // The JDK drops the last segment of the path where only the query changes (RFC 3986, 5.2.2, does not).
            target = request.url()
                    .resolve(location.startsWith("?") ? request.url().getRawPath() + location : location);
        } catch (IllegalArgumentException e) {
            return refused("the answer redirects to what is no valid URL");
        }
        if (secure(request.url()) && !secure(target)) {
            return refused("the answer redirects from https to a URL that is not https");
        }
        return RequestRules.objection(target)
                .<Next>map(why -> refused("the answer redirects, but " + why))
                .orElseGet(() -> new Next.Again(to(target, request)));
    }

    /** Where the answer leads to; null if it is no redirect, or the request wants none. */
    private static @Nullable String location(OutboundRequest request, Exchange exchange) {
        return request.followRedirects()
                        && METHODS.contains(request.method())
                        && exchange instanceof Exchange.Answered answered
                        && STATUSES.contains(answered.status())
                ? answered.headers().get("location")
                : null;
    }

    private static OutboundRequest to(URI target, OutboundRequest request) {
        boolean same = sameOrigin(request.url(), target);
        Map<String, String> headers = request.headers().entrySet().stream()
                .filter(header -> same || HARMLESS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new OutboundRequest(
                request.method(), target, headers, same ? request.body() : null, request.timeout(), true);
    }

    private static boolean sameOrigin(URI one, URI other) {
        return secure(one) == secure(other)
                && port(one) == port(other)
                && Objects.requireNonNullElse(one.getHost(), "").equalsIgnoreCase(other.getHost());
    }

    private static boolean secure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : secure(url) ? HTTPS_PORT : HTTP_PORT;
    }

    private static Next refused(String detail) {
        return new Next.Done(new Exchange.Unanswered(Reason.REDIRECT_REFUSED, detail, false, null));
    }

    /** What follows. */
    sealed interface Next {
        /** Nothing: that is the result. */
        record Done(Exchange exchange) implements Next {}

        /** Another call. */
        record Again(OutboundRequest request) implements Next {}
    }
}
