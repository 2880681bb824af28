package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Path;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How HTTP_REQUEST gets the next page: by a link, a cursor or a number.
 *
 * @param items where a page has its items
 * @param next where it has the next page's URL or cursor, or {@code link} for the header of RFC 8288; null: by number
 * @param parameter the query parameter that takes the cursor or number; null: {@code next} is a URL
 * @param most pages to read, 1 to {@value #MOST}
 */
record HttpPages(
        Path items, @Nullable String next, @Nullable String parameter, int most) {
    private static final int MOST = 50;
    private static final int FEW = 10;
    private static final Pattern LINK = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

    /**
     * Reads the member {@code pagination} of an input.
     *
     * @return empty if there is none
     */
    static Optional<HttpPages> of(Map<String, @Nullable Object> input) {
        if (!(input.get("pagination") instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        Object next = members.get("next");
        Object parameter = members.get("parameter");
        if (next == null && parameter == null) {
            throw new InvalidInputException("pagination needs next, parameter or both");
        }
        String most =
                members.get("max_pages") == null ? Integer.toString(FEW) : String.valueOf(members.get("max_pages"));
        if (!most.matches("[1-9][0-9]?") || Integer.parseInt(most) > MOST) {
            throw new InvalidInputException("pagination.max_pages must be from 1 to " + MOST);
        }
        return Optional.of(new HttpPages(
                path(BodyBuilder.text(members.get("items"), "pagination.items")),
                next == null ? null : String.valueOf(next),
                parameter == null ? null : String.valueOf(parameter),
                Integer.parseInt(most)));
    }

    private static Path path(String text) {
        try {
            return Path.parse(text);
        } catch (InvalidExpressionException e) {
            throw new InvalidInputException("pagination has a path that cannot be read");
        }
    }

    /** The items of a page; none if it has none. */
    List<Object> items(AnswerBody body) {
        List<Object> all = new ArrayList<>();
        if (items.resolve(context(body)) instanceof List<?> list) {
            all.addAll(list);
        }
        return all;
    }

    /**
     * The request of the page after this; empty after the last.
     *
     * @param page the number of this page, from 1
     * @throws InvalidInputException if the next page is of another origin: credential and headers stay with theirs
     */
    Optional<URI> after(OutboundRequest request, URI first, Exchange.Answered answered, AnswerBody body, int page) {
        if (next == null) {
            return items(body).isEmpty() ? Optional.empty() : Optional.of(with(first, page + 1));
        }
        String place = next(answered, body);
        if (place.isBlank()) {
            return Optional.empty();
        }
        if (parameter != null) {
            return Optional.of(with(first, place));
        }
        URI url = request.url().resolve(UrlText.parse(place));
        if (!origin(url).equalsIgnoreCase(origin(first))) {
            throw new InvalidInputException("the next page is at another origin than the first");
        }
        return Optional.of(url);
    }

    private String next(Exchange.Answered answered, AnswerBody body) {
        if ("link".equals(next)) {
            Matcher link = LINK.matcher(answered.headers().getOrDefault("link", ""));
            return link.find() ? link.group(1) : "";
        }
        Object value = path(String.valueOf(next)).resolve(context(body));
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    private URI with(URI first, Object value) {
        return UrlText.withQuery(first, Map.of(String.valueOf(parameter), value));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static Map<String, @Nullable Object> context(AnswerBody body) {
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("body", body.value());
        return context;
    }
}
