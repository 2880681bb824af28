package dev.automationengine.gateway.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.gateway.apikey.Principal;
import dev.automationengine.kit.security.InternalTokens;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** The internal tokens of callers: made once per caller and used for half their life, so that none is sent stale. */
@Component
public class CallerTokens {
    /** What everybody with an API key may do. */
    static final String CALLER = "caller";

    private static final long MOST_REMEMBERED = 10_000;
    private static final String WEBHOOK_SENDER = "webhook";

    private final LoadingCache<Caller, JwtAuthenticationToken> tokens;

    CallerTokens(InternalTokens internal, JwtDecoder decoder) {
        this.tokens = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(InternalTokens.LIFETIME.dividedBy(2))
                .build(caller -> authentication(caller, internal, decoder));
    }

    /** The token of the caller of the current request; empty if it showed no API key. */
    public Optional<String> ofCurrentCaller() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller
                ? Optional.of(caller.getToken().getTokenValue())
                : Optional.empty();
    }

    /** The token for webhooks, whose senders have no key. */
    public String ofWebhooks() {
        return tokens.get(new Caller.WebhookSender()).getToken().getTokenValue();
    }

    JwtAuthenticationToken of(Principal principal) {
        return tokens.get(new Caller.KeyHolder(principal));
    }

    private static JwtAuthenticationToken authentication(Caller caller, InternalTokens internal, JwtDecoder decoder) {
        String token = switch (caller) {
            case Caller.KeyHolder(Principal holder) ->
                internal.mint(holder.keyId(), holder.org(), InternalTokens.SCOPE_API);
            case Caller.WebhookSender() -> internal.mint(WEBHOOK_SENDER, null, InternalTokens.SCOPE_WEBHOOK);
        };
        return new JwtAuthenticationToken(decoder.decode(token), List.of(new SimpleGrantedAuthority(CALLER)));
    }

    private sealed interface Caller {
        record KeyHolder(Principal principal) implements Caller {}

        record WebhookSender() implements Caller {}
    }
}
