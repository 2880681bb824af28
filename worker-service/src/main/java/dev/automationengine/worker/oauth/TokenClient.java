package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.model.id.OrgId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks token URLs and those that take tokens back, through the guarded client. Nothing of what is sent or answered is logged. */
@Component
class TokenClient {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OutboundHttp http;
    private final OAuthProperties properties;

    TokenClient(OutboundHttp http, OAuthProperties properties) {
        this.http = http;
        this.properties = properties;
    }

    /** Exchanges the code of a consent. */
    TokenAnswer exchange(
            OrgId org, OAuthProvider provider, OAuthProperties.App app, String code, String verifier, URI callback) {
        return ask(
                org,
                provider,
                app,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        callback.toString(),
                        "code_verifier",
                        verifier));
    }

    /** Exchanges a refresh token. It may be used up by that, whatever is answered. */
    TokenAnswer refresh(OrgId org, OAuthProvider provider, OAuthProperties.App app, String refreshToken) {
        return ask(org, provider, app, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /**
     * Takes a token back (RFC 7009, section 2.1).
     *
     * @param hint {@code refresh_token} or {@code access_token}
     */
    Exchange revoke(OrgId org, OAuthProvider provider, String url, OAuthProperties.App app, String token, String hint) {
        return send(org, provider, url, app, Map.of("token", token, "token_type_hint", hint));
    }

    private TokenAnswer ask(
            OrgId org, OAuthProvider provider, OAuthProperties.App app, Map<String, String> parameters) {
        return switch (send(org, provider, provider.tokenUrl(), app, parameters)) {
            case Exchange.Answered answered -> TokenAnswers.of(provider, answered);
            case Exchange.Unanswered unanswered ->
                new TokenAnswer.Away("unanswered", unanswered.detail(), unanswered.retryAfter(), unanswered.sent());
        };
    }

    private Exchange send(
            OrgId org, OAuthProvider provider, String url, OAuthProperties.App app, Map<String, String> parameters) {
        Map<String, String> form = new TreeMap<>(parameters);
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        switch (provider.clientAuth()) {
            case BASIC -> headers.put("Authorization", basic(app));
            case POST -> {
                form.put("client_id", app.clientId());
                form.put("client_secret", app.clientSecret());
            }
        }
        OutboundRequest request = new OutboundRequest(
                "POST",
                URI.create(url),
                headers,
                new OutboundRequest.Body(FORM, encoded(form).getBytes(StandardCharsets.US_ASCII)),
                properties.timeout());
        return http.send(request, org + "/oauth/" + provider.connector());
    }

    /** RFC 6749, section 2.3.1: both are form-encoded first. */
    private static String basic(OAuthProperties.App app) {
        String pair = encode(app.clientId()) + ":" + encode(app.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
