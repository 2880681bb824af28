package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.expressions.Template;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The request of an action, as its manifest tells it. */
final class RequestTemplate {
    private static final String JSON_TYPE = "application/json";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> settings;
    private final BaseUrl baseUrl;
    private final String method;
    private final Template path;
    private final Template headers;
    private final Template query;
    private final @Nullable Template body;
    private final @Nullable BodyBuilder bodyBuilder;
    private final @Nullable Template form;
    private final boolean omitNulls;
    private final Authorization authorization;
    private final InstantSource clock;

    private RequestTemplate(
            Map<String, String> settings,
            BaseUrl baseUrl,
            ManifestNode request,
            ManifestNode auth,
            InstantSource clock) {
        request.only("method", "path", "headers", "query", "body", "body_builder", "form", "omit_nulls");
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.method = request.get("method").text();
        this.path = request.get("path").compiled();
        this.headers = request.get("headers").compiled();
        this.query = request.get("query").compiled();
        this.body = request.get("body").present() ? request.get("body").compiled() : null;
        this.bodyBuilder = bodyBuilder(request.get("body_builder")).orElse(null);
        this.form = request.get("form").present() ? request.get("form").compiled() : null;
        this.omitNulls = request.get("omit_nulls").flag();
        this.authorization = Authorization.read(auth);
        this.clock = clock;
    }

    /** Reads a member {@code request}, and the member {@code auth} of its action's manifest. */
    static RequestTemplate read(
            Map<String, String> settings,
            BaseUrl baseUrl,
            ManifestNode request,
            ManifestNode auth,
            InstantSource clock) {
        return new RequestTemplate(settings, baseUrl, request, auth, clock);
    }

    private static Optional<BodyBuilder> bodyBuilder(ManifestNode node) {
        return node.present()
                ? node.parsed(name -> BodyBuilder.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    /**
     * The request for a call.
     *
     * @throws InvalidInputException if the call's input does not make one
     */
    OutboundRequest render(ActionCall call) {
        Map<String, @Nullable Object> context = TemplatedAction.context(call, settings);
        Map<String, @Nullable Object> encoded = new HashMap<>();
        context.forEach((name, value) -> encoded.put(name, UrlText.encodedDeep(value)));
        String base = baseUrl.render(context);
        URI url = UrlText.withQuery(
                UrlText.parse(base + authorization.path(call.credential()) + path.render(encoded)),
                members(query, context));
        return new OutboundRequest(method, url, headers(call, context), body(call, context), call.timeout());
    }

    private Map<String, String> headers(ActionCall call, Map<String, @Nullable Object> context) {
        Map<String, String> rendered = new HashMap<>();
        rendered.put("Accept", JSON_TYPE);
        members(headers, context).forEach((name, value) -> rendered.put(name, String.valueOf(value)));
        rendered.putAll(authorization.headers(call.credential()));
        return rendered;
    }

    private OutboundRequest.@Nullable Body body(ActionCall call, Map<String, @Nullable Object> context) {
        if (form != null) {
            return new OutboundRequest.Body(
                    FORM_TYPE, UrlText.form(members(form, context)).getBytes(StandardCharsets.UTF_8));
        }
        if (body == null && bodyBuilder == null) {
            return null;
        }
        Object value = bodyBuilder != null
                ? bodyBuilder.build(call, clock.instant())
                : body == null ? null : body.render(context);
        return new OutboundRequest.Body(JSON_TYPE, JSON.writeValueAsBytes(omitNulls ? Present.only(value) : value));
    }

    private static Map<String, @Nullable Object> members(Template template, Map<String, @Nullable Object> context) {
        return template.render(context) instanceof Map<?, ?> members ? TemplatedAction.withoutNulls(members) : Map.of();
    }
}
