package dev.automationengine.gateway.login;

import dev.automationengine.kit.security.SignedTokens;
import dev.automationengine.model.id.OrgId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Access tokens: what a user who has signed in sends with each request. A token names its session and nothing that
 * could grow old, such as the role.
 */
@Component
class AccessTokens {
    private static final String ISSUER = "automation-engine";
    private static final String ORG = "org";
    private static final String SESSION = "sid";

    private final SignedTokens tokens;
    private final JwtDecoder decoder;

    AccessTokens(LoginProperties properties, InstantSource clock) {
        this.tokens = new SignedTokens(ISSUER, properties.accessTokenLifetime(), properties.accessTokenKeys(), clock);
        this.decoder = tokens.decoder();
    }

    String mint(Session session) {
        return tokens.mint(session.userId().value(), Map.of(ORG, session.orgId().value(), SESSION, session.id()));
    }

    /** The session that the token was made for; empty if it is no such token or no longer valid. */
    Optional<SessionKey> read(String text) {
        try {
            Jwt token = decoder.decode(text);
            return Optional.of(new SessionKey(
                    new OrgId(String.valueOf(token.getClaimAsString(ORG))),
                    String.valueOf(token.getClaimAsString(SESSION))));
        } catch (JwtException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a session lies.
     *
     * @param org its organization
     * @param id its id
     */
    record SessionKey(OrgId org, String id) {}
}
