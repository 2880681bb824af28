package dev.automationengine.kit.security;

import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Tokens by which services know that a request came through the gateway, and for whom. */
public final class InternalTokens {
    /** How long a token is valid. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Part of a scope: the caller may see people in what services show. */
    public static final String SCOPE_PERSONAL = "personal";

    /** Scope of a caller with an API key, or a user who has signed in. */
    public static final String SCOPE_MASKED_API = "api";

    /** The same, of one who may see people. */
    public static final String SCOPE_API = SCOPE_MASKED_API + " " + SCOPE_PERSONAL;

    /** Scope of a webhook's sender, who has no key. */
    public static final String SCOPE_WEBHOOK = "webhook";

    static final String ORG_CLAIM = "org";
    private static final String SCOPE_CLAIM = "scope";
    private static final String ROLE_CLAIM = "role";
    private static final String ISSUER = "api-gateway";

    private final SignedTokens tokens;

    InternalTokens(List<String> secrets, InstantSource clock) {
        this.tokens = new SignedTokens(ISSUER, LIFETIME, secrets, clock);
    }

    /**
     * A new token, signed with the newest key.
     *
     * @param subject who calls: the id of a key
     * @param org the caller's organization; null for a webhook's sender
     * @param scope {@link #SCOPE_API}, {@link #SCOPE_MASKED_API} or {@link #SCOPE_WEBHOOK}
     */
    public String mint(String subject, @Nullable OrgId org, String scope) {
        return mint(subject, org, scope, null);
    }

    /**
     * A new token, signed with the newest key.
     *
     * @param subject who calls: the id of a key or user
     * @param org the caller's organization; null for a webhook's sender
     * @param scope {@link #SCOPE_API}, {@link #SCOPE_MASKED_API} or {@link #SCOPE_WEBHOOK}
     * @param role the user's role in the organization; null if no user calls
     */
    public String mint(String subject, @Nullable OrgId org, String scope, @Nullable String role) {
        Map<String, String> claims = new HashMap<>();
        claims.put(SCOPE_CLAIM, scope);
        if (org != null) {
            claims.put(ORG_CLAIM, org.value());
        }
        if (role != null) {
            claims.put(ROLE_CLAIM, role);
        }
        return tokens.mint(subject, claims);
    }

    JwtDecoder decoder() {
        return tokens.decoder();
    }
}
