package dev.automationengine.gateway.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Scope;
import dev.automationengine.kit.security.InternalTokens;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** The internal tokens of callers: made once per caller and used for half their life, so that none is sent stale. */
@Component
public class CallerTokens {
    private static final long MOST_REMEMBERED = 10_000;
    private static final String WEBHOOK_SENDER = "webhook";

    private final LoadingCache<Sender, JwtAuthenticationToken> tokens;

    CallerTokens(InternalTokens internal, JwtDecoder decoder) {
        this.tokens = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(InternalTokens.LIFETIME.dividedBy(2))
                .build(sender -> authentication(sender, internal, decoder));
    }

    /** The token of the caller of the current request; empty if it showed neither API key nor access token. */
    public Optional<String> ofCurrentCaller() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller
                ? Optional.of(caller.getToken().getTokenValue())
                : Optional.empty();
    }

    /** The token for webhooks, whose senders have no key. */
    public String ofWebhooks() {
        return tokens.get(new Sender.OfWebhook()).getToken().getTokenValue();
    }

    JwtAuthenticationToken of(Caller caller) {
        return tokens.get(new Sender.Known(caller));
    }

    private static JwtAuthenticationToken authentication(Sender sender, InternalTokens internal, JwtDecoder decoder) {
        return switch (sender) {
            case Sender.Known(Caller.Member user) ->
                of(
                        user,
                        internal.mint(
                                user.subject(),
                                user.org(),
                                scope(user),
                                user.role().label()),
                        decoder);
            case Sender.Known(Caller.KeyHolder key) ->
                of(key, internal.mint(key.subject(), key.org(), scope(key)), decoder);
            case Sender.OfWebhook() ->
                of(null, internal.mint(WEBHOOK_SENDER, null, InternalTokens.SCOPE_WEBHOOK), decoder);
        };
    }

    private static String scope(Caller caller) {
        return caller.scopes().contains(Scope.PERSONAL_READ)
                ? InternalTokens.SCOPE_API
                : InternalTokens.SCOPE_MASKED_API;
    }

    private static JwtAuthenticationToken of(@Nullable Caller caller, String token, JwtDecoder decoder) {
        List<SimpleGrantedAuthority> authorities = caller == null
                ? List.of()
                : caller.scopes().stream()
                        .map(scope -> new SimpleGrantedAuthority(scope.label()))
                        .toList();
        JwtAuthenticationToken authentication = new JwtAuthenticationToken(decoder.decode(token), authorities);
        authentication.setDetails(caller);
        return authentication;
    }

    private sealed interface Sender {
        record Known(Caller caller) implements Sender {}

        record OfWebhook() implements Sender {}
    }
}
