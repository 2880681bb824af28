package dev.automationengine.gateway.security;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Requirement;
import dev.automationengine.gateway.apikey.ApiKeyAuthenticator;
import dev.automationengine.gateway.login.SessionAuthenticator;
import dev.automationengine.gateway.oidc.OidcAuthenticator;
import dev.automationengine.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/** Tells who holds a bearer token: the operator, a program with an API key, a user who has signed in here or elsewhere, or nobody. */
@Component
class BearerAuthentication implements AuthenticationManager {
    private final byte[] bootstrapToken;
    private final ApiKeyAuthenticator apiKeys;
    private final SessionAuthenticator sessions;
    private final OidcAuthenticator providers;
    private final CallerTokens tokens;

    BearerAuthentication(
            BootstrapProperties bootstrap,
            ApiKeyAuthenticator apiKeys,
            SessionAuthenticator sessions,
            OidcAuthenticator providers,
            CallerTokens tokens) {
        this.bootstrapToken = bootstrap.bootstrapToken().getBytes(StandardCharsets.UTF_8);
        this.apiKeys = apiKeys;
        this.sessions = sessions;
        this.providers = providers;
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        if (!(shown instanceof BearerTokenAuthenticationToken bearer)) {
            throw new BadCredentialsException("not a bearer token");
        }
        String text = bearer.getToken();
        if (MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), bootstrapToken)) {
            return new PreAuthenticatedAuthenticationToken(
                    Requirement.Operator.NAME, "", List.of(new SimpleGrantedAuthority(Requirement.Operator.NAME)));
        }
        try {
            return caller(text).map(tokens::of).orElseThrow(() -> new BadCredentialsException("unknown token"));
        } catch (DataAccessException | AuthenticationServiceException | ProblemException e) {
            throw new KeysUnavailableException(e);
        }
    }

    private Optional<? extends Caller> caller(String text) {
        return text.startsWith(ApiKeyAuthenticator.PREFIX)
                ? apiKeys.authenticate(text)
                : sessions.authenticate(text).or(() -> providers.authenticate(text));
    }

    /** Whether the key is good cannot be known now, or that it came cannot be recorded. */
    static final class KeysUnavailableException extends AuthenticationException {
        private static final long serialVersionUID = 1L;

        KeysUnavailableException(Throwable cause) {
            super("API keys cannot be read", cause);
        }
    }
}
