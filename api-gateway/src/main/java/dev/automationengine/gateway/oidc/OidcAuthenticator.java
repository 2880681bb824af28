package dev.automationengine.gateway.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jwt.JWTParser;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Secret;
import dev.automationengine.gateway.login.SignInEvent;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.Users;
import io.micrometer.core.instrument.MeterRegistry;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Finds out which user a token of a trusted provider is for: the one of the verified e-mail address. The user must exist
 * already, by invitation; the role is the one that the user has here. Users are remembered for 10 seconds. The first time
 * that this process sees a token it tells of a {@link SignInEvent}: where the user signed in is not here.
 */
@Component
public class OidcAuthenticator {
    private static final Logger log = LoggerFactory.getLogger(OidcAuthenticator.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final long MOST_REMEMBERED = 10_000;
    private static final Duration SEEN = Duration.ofDays(1);
    private static final long MOST_SEEN = 100_000;

    private final Map<String, Trusted> providers;
    private final LoadingCache<EmailAddress, Optional<Caller.Member>> members;
    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST_SEEN).expireAfterAccess(SEEN).build();
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;

    OidcAuthenticator(
            OidcProperties properties,
            Users users,
            InstantSource clock,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.providers = properties.issuers().stream()
                .filter(provider -> !provider.issuer().isEmpty())
                .map(provider ->
                        new Trusted(provider, ProviderTokens.decoder(provider, clock.withZone(ZoneOffset.UTC))))
                .collect(Collectors.toUnmodifiableMap(
                        trusted -> trusted.provider().issuer(), Function.identity()));
        this.members = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build(email -> users.byAddress(email)
                        .map(user -> new Caller.Member(user.orgId(), user.id(), user.role(), null)));
        this.events = events;
        this.meters = meters;
    }

    /**
     * Who sent this token; empty if it is of no provider that is trusted, is not valid, or no user has its address.
     *
     * @param text the token as it was sent
     * @throws AuthenticationServiceException if the provider cannot be asked for its keys
     * @throws dev.automationengine.kit.problem.ProblemException if the sign-in cannot be recorded
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Optional<Caller.Member> authenticate(String text) {
        return trusted(text)
                .flatMap(trusted -> read(trusted, text)
                        .flatMap(token -> member(token)
                                .filter(trusted::speaksFor)
                                .map(member -> heardOf(member, trusted, text))));
    }

    private Caller.Member heardOf(Caller.Member member, Trusted trusted, String token) {
        seen.asMap().computeIfAbsent(new Secret(token).hash(), unseen -> {
            events.publishEvent(SignInEvent.by(trusted.provider().issuer(), member.org(), member.id()));
            return true;
        });
        return member;
    }

    private Optional<Trusted> trusted(String text) {
        if (providers.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JWTParser.parse(text).getJWTClaimsSet().getIssuer())
                    .map(providers::get);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Jwt> read(Trusted trusted, String text) {
        try {
            return Optional.of(trusted.decoder().decode(text));
        } catch (BadJwtException e) {
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException e) {
            meters.counter("engine.gateway.oidc.failed").increment();
            log.warn("The keys of {} cannot be read", trusted.provider().issuer(), e);
            throw new AuthenticationServiceException("the provider's keys cannot be read", e);
        }
    }

    private Optional<Caller.Member> member(Jwt token) {
        String email = token.getClaimAsString("email");
        // An address that the provider has not verified is whatever somebody typed.
        return email == null || !"true".equals(String.valueOf(token.getClaims().get("email_verified")))
                ? Optional.empty()
                : members.get(new EmailAddress(email));
    }

    /** A provider and what reads its tokens. */
    private record Trusted(OidcProperties.Provider provider, JwtDecoder decoder) {
        boolean speaksFor(Caller.Member member) {
            return provider.organization() == null || provider.organization().equals(member.org());
        }
    }
}
