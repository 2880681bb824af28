package dev.automationengine.localstack.simulator;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How an authorization server differs from RFC 6749: its paths, what its answers say, and how it refuses. */
enum OAuthDialect {
    /** As the RFC has it. */
    RFC(Vendor.OAUTH, "authorize", "token", "revoke"),
    /** Clients by form only; refresh tokens stay; refusals have a {@code status}; a grant is ended in another way. */
    HUBSPOT(Vendor.HUBSPOT, "oauth/authorize", "oauth/v1/token", ""),
    /** No lifetime; the organization's own host; a new refresh token only where rotation is on. */
    SALESFORCE(Vendor.SALESFORCE, "services/oauth2/authorize", "services/oauth2/token", "services/oauth2/revoke"),
    /** Everything with status 200; tokens of type {@code bot}; scopes with commas. */
    SLACK(Vendor.SLACK, "oauth/v2/authorize", "oauth.v2.access", "auth.revoke"),
    /** Clients by header only; the company's own host. */
    PIPEDRIVE(Vendor.PIPEDRIVE, "oauth/authorize", "oauth/token", "oauth/revoke"),
    /** Errors with status 200; scopes with commas; the data centre's host; a refresh gives no refresh token. */
    ZOHO(Vendor.ZOHO, "oauth/v2/auth", "oauth/v2/token", "oauth/v2/token/revoke");

    private final Vendor vendor;
    private final String authorize;
    private final String token;
    private final String revoke;

    OAuthDialect(Vendor vendor, String authorize, String token, String revoke) {
        this.vendor = vendor;
        this.authorize = authorize;
        this.token = token;
        this.revoke = revoke;
    }

    /** What a call to the authorization server wants. */
    enum Route {
        AUTHORIZE,
        TOKEN,
        REVOKE,
        OTHER
    }

    Vendor vendor() {
        return vendor;
    }

    Route route(Call call) {
        String root = "/" + vendor.label() + "/";
        if (!call.path().startsWith(root)) {
            return Route.OTHER;
        }
        String path = call.path().substring(root.length());
        boolean post = call.method().equals("POST");
        if (path.equals(authorize) && call.method().equals("GET")) {
            return Route.AUTHORIZE;
        }
        if (path.equals(token) && post) {
            return Route.TOKEN;
        }
        return !revoke.isEmpty() && path.equals(revoke) && post ? Route.REVOKE : Route.OTHER;
    }

    boolean takesBasic() {
        return this == RFC || this == PIPEDRIVE || this == SALESFORCE;
    }

    boolean takesForm() {
        return this != PIPEDRIVE;
    }

    /** Whether a refresh may give another refresh token. */
    boolean mayRotate() {
        return this != HUBSPOT && this != ZOHO;
    }

    /** Whether scopes stand as this vendor wants them; none is right, too. */
    boolean takes(String scopes) {
        return switch (this) {
            case SLACK, ZOHO -> !scopes.contains(" ");
            case RFC, HUBSPOT, SALESFORCE, PIPEDRIVE -> !scopes.contains(",");
        };
    }

    /**
     * The answer that gives tokens.
     *
     * @param first whether a code was exchanged
     * @param host where calls go
     */
    Answer granted(OAuthGrants.Pair pair, boolean first, String host) {
        ObjectNode body = Json.object().put("access_token", pair.access());
        switch (this) {
            case RFC, HUBSPOT ->
                body.put("refresh_token", pair.refresh())
                        .put("expires_in", pair.seconds())
                        .put("token_type", "bearer");
            case SALESFORCE -> {
                if (first || pair.fresh()) {
                    body.put("refresh_token", pair.refresh());
                }
                body.put("instance_url", host)
                        .put("id", host + "/id/00D5g/0055g")
                        .put("token_type", "Bearer")
                        .put("issued_at", "1761945743000")
                        .put("signature", "c2ln");
            }
            case SLACK ->
                body.put("ok", true)
                        .put("refresh_token", pair.refresh())
                        .put("expires_in", pair.seconds())
                        .put("token_type", "bot")
                        .put("scope", "chat:write")
                        .put("bot_user_id", "U0KRQLJ9H")
                        .putObject("team")
                        .put("id", "T9TK3CUKW");
            case PIPEDRIVE ->
                body.put("refresh_token", pair.refresh())
                        .put("expires_in", pair.seconds())
                        .put("token_type", "Bearer")
                        .put("scope", "contacts:full")
                        .put("api_domain", host);
            case ZOHO -> {
                if (first) {
                    body.put("refresh_token", pair.refresh());
                }
                body.put("expires_in", pair.seconds())
                        .put("token_type", "Bearer")
                        .put("api_domain", host);
            }
        }
        return Answer.json(200, Map.of("Cache-Control", "no-store"), body);
    }

    /** How it refuses: by a code of the RFC. */
    Refused refused(int status, String code) {
        ObjectNode body = Json.object();
        return switch (this) {
            case RFC, SALESFORCE, PIPEDRIVE -> new Refused(Answer.json(status, body.put("error", code)));
            case HUBSPOT ->
                new Refused(Answer.json(
                        status,
                        body.put("status", code.equals("invalid_grant") ? "BAD_REFRESH_TOKEN" : "BAD_REQUEST")
                                .put("message", "missing or invalid " + code)));
            case SLACK ->
                new Refused(Answer.json(
                        200,
                        body.put("ok", false)
                                .put("error", code.equals("invalid_grant") ? "invalid_refresh_token" : code)));
            case ZOHO ->
                new Refused(Answer.json(200, body.put("error", code.equals("invalid_grant") ? "invalid_code" : code)));
        };
    }
}
