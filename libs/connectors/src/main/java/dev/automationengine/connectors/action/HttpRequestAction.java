package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.vault.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** HTTP_REQUEST: a call that the author of the workflow writes. */
final class HttpRequestAction implements Action {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutboundHttp http;
    private final Errors errors;

    HttpRequestAction(OutboundHttp http, Errors errors) {
        this.http = http;
        this.errors = errors;
    }

    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        if (IDEMPOTENT.contains(method(input))) {
            return EffectMode.IDEMPOTENT;
        }
        return Boolean.TRUE.equals(input.get("honours_idempotency_key")) ? EffectMode.KEYED : EffectMode.UNSAFE;
    }

    @Override
    public ActionResult run(ActionCall call) {
        Redactor redactor = Redactor.of(call.credential());
        OutboundRequest request = request(call);
        Optional<HttpPages> pages = HttpPages.of(call.input());
        if (pages.isPresent()) {
            return paged(call, request, pages.get(), redactor);
        }
        return switch (http.send(request, call.connection())) {
            case Exchange.Unanswered unanswered -> errors.unanswered(request, unanswered, redactor);
            case Exchange.Answered answered -> {
                AnswerBody body = AnswerBody.of(answered, redactor);
                yield StatusClass.success(answered.status())
                        ? new ActionResult.Succeeded(
                                output(answered, body, redactor), answered.status(), rest(call, answered))
                        : failed(call, errors.answered(request, answered, ErrorRules.GENERAL, body, redactor));
            }
        };
    }

    /** All pages within the attempt's time, or a failure: part of a list is not taken for the whole of it. */
    private ActionResult paged(ActionCall call, OutboundRequest first, HttpPages pages, Redactor redactor) {
        if (!first.method().equals("GET")) {
            throw new InvalidInputException("pagination is for GET only");
        }
        long end = System.nanoTime() + call.timeout().toNanos();
        List<Object> items = new ArrayList<>();
        OutboundRequest request = first;
        int length = 0;
        for (int page = 1; ; page++) {
            Exchange exchange = http.send(request, call.connection());
            if (!(exchange instanceof Exchange.Answered answered)) {
                return errors.unanswered(request, (Exchange.Unanswered) exchange, redactor);
            }
            AnswerBody body = AnswerBody.of(answered, redactor);
            if (!StatusClass.success(answered.status())) {
                return failed(call, errors.answered(request, answered, ErrorRules.GENERAL, body, redactor));
            }
            List<Object> found = pages.items(body);
            length += JSON.writeValueAsString(found).length();
            if (length > AnswerBody.MAX_OUTPUT) {
                throw new InvalidInputException("the items of all pages are longer than " + AnswerBody.MAX_OUTPUT
                        + " characters: ask for less");
            }
            items.addAll(found);
            Optional<URI> next = pages.after(request, first.url(), answered, body, page);
            if (next.isEmpty() || page == pages.most()) {
                Map<String, @Nullable Object> output = new LinkedHashMap<>();
                output.put("status", answered.status());
                output.put("items", items);
                output.put("pages", page);
                output.put("more", next.isPresent());
                return new ActionResult.Succeeded(output, answered.status(), rest(call, answered));
            }
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            request = new OutboundRequest(
                    "GET", next.get(), first.headers(), first.body(), left, first.followRedirects());
        }
    }

    /** Without a credential the calls of an organization go to many hosts: one of them says nothing of the others. */
    private static ActionResult.Failed failed(ActionCall call, ActionResult.Failed failed) {
        return call.credential() == null ? failed.ofThisRequest() : failed;
    }

    private @Nullable Duration rest(ActionCall call, Exchange.Answered answered) {
        return call.credential() == null ? null : errors.rest(answered);
    }

    /** The request that the author wrote. */
    static OutboundRequest request(ActionCall call) {
        Map<String, @Nullable Object> input = call.input();
        String method = method(input);
        URI url = UrlText.parse(BodyBuilder.text(input.get("url"), "url"));
        if (input.get("query") instanceof Map<?, ?> query) {
            url = UrlText.withQuery(url, query);
        }
        // Names of headers are the same in any case: one of the author's replaces one of ours.
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!IDEMPOTENT.contains(method)) {
            headers.put(IDEMPOTENCY_KEY, call.effectKey());
        }
        if (input.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (value != null) {
                    headers.put(String.valueOf(name), String.valueOf(value));
                }
            });
        }
        OutboundRequest.Body body = body(input, headers.remove(CONTENT_TYPE));
        Credential credential = call.credential();
        if (credential != null) {
            HttpAuth auth = HttpAuth.of(input);
            url = auth.url(url, credential);
            auth.header(headers, credential, body == null ? null : body.bytes());
        }
        return new OutboundRequest(
                method, url, headers, body, call.timeout(), Boolean.TRUE.equals(input.get("follow_redirects")));
    }

    private static OutboundRequest.@Nullable Body body(
            Map<String, @Nullable Object> input, @Nullable String contentType) {
        if (input.get("form") instanceof Map<?, ?> form) {
            if (input.get("body") != null) {
                throw new InvalidInputException("give body or form, not both");
            }
            return new OutboundRequest.Body(
                    "application/x-www-form-urlencoded", UrlText.form(form).getBytes(StandardCharsets.UTF_8));
        }
        return switch (input.get("body")) {
            case null -> null;
            case String text ->
                new OutboundRequest.Body(
                        contentType == null ? "text/plain; charset=UTF-8" : contentType,
                        text.getBytes(StandardCharsets.UTF_8));
            case Object value ->
                new OutboundRequest.Body(
                        contentType == null ? "application/json" : contentType, JSON.writeValueAsBytes(value));
        };
    }

    private static Map<String, @Nullable Object> output(
            Exchange.Answered answered, AnswerBody body, Redactor redactor) {
        Map<String, String> headers = new TreeMap<>();
        answered.headers().forEach((name, value) -> headers.put(name, redactor.mask(value)));
        headers.remove("set-cookie");
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("status", answered.status());
        output.put("headers", headers);
        output.put("body", body.tooLongForOutput() ? body.text().substring(0, AnswerBody.MAX_OUTPUT) : body.value());
        if (answered.bodyDropped()) {
            output.put("body_dropped", true);
        }
        if (body.tooLongForOutput()) {
            output.put("body_truncated", true);
        }
        return output;
    }

    private static String method(Map<String, ? extends @Nullable Object> input) {
        return input.get("method") instanceof String method && !method.isBlank()
                ? method.strip().toUpperCase(Locale.ROOT)
                : "GET";
    }
}
