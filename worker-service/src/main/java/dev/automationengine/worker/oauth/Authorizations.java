package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.AuthorizationStore;
import dev.automationengine.connectors.vault.AuthorizationStore.Pending;
import dev.automationengine.connectors.vault.ConnectionStore;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Consents, from the URL that a person is sent to until they come back with a code. Where people come back to is the
 * operator's public URL and nothing else, so nobody can be sent on to elsewhere.
 */
@Component
class Authorizations {
    private static final String CALLBACK = "/oauth/callback";
    private static final Logger log = LoggerFactory.getLogger(Authorizations.class);

    private final Providers providers;
    private final AuthorizationStore pending;
    private final ConnectionStore connections;
    private final TokenClient client;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final OAuthProperties properties;

    Authorizations(
            Providers providers,
            AuthorizationStore pending,
            ConnectionStore connections,
            TokenClient client,
            InstantSource clock,
            RandomGenerator random,
            OAuthProperties properties) {
        this.providers = providers;
        this.pending = pending;
        this.connections = connections;
        this.client = client;
        this.clock = clock;
        this.random = random;
        this.properties = properties;
    }

    /**
     * Where a person must go.
     *
     * @param authorizationUrl at the third party; only the person who asked for it should open it
     * @param credentialId what the tokens will be kept as
     * @param expiresAt until when they must be back
     */
    record Begun(URI authorizationUrl, CredentialId credentialId, Instant expiresAt) {}

    /**
     * Begins a consent.
     *
     * @throws ProblemException if the connector has no OAuth, or there is no app for it
     */
    Begun begin(
            OrgId org,
            OAuthProvider provider,
            CredentialId connection,
            String name,
            Map<String, String> attributes,
            String by) {
        OAuthProperties.App app = providers.app(org, provider);
        Instant expiresAt = clock.instant().plus(properties.consentWithin());
        String verifier = Pkce.verifier();
        String state =
                pending.begin(new Pending(org, provider.kind(), connection, name, attributes, by, verifier), expiresAt);
        Map<String, String> query = new TreeMap<>(provider.parameters());
        query.put("response_type", "code");
        query.put("client_id", app.clientId());
        query.put("redirect_uri", callback().toString());
        query.put("state", state);
        query.put("code_challenge", Pkce.challenge(verifier));
        query.put("code_challenge_method", "S256");
        if (!provider.scopes().isEmpty()) {
            query.put("scope", String.join(provider.scopeSeparator(), provider.scopes()));
        }
        String base = provider.authorizationUrl();
        return new Begun(
                URI.create(base + (base.indexOf('?') < 0 ? '?' : '&') + TokenClient.encoded(query)),
                connection,
                expiresAt);
    }

    /**
     * Takes a state that came back; whatever follows, it is used up.
     *
     * @throws ProblemException if it is unknown, was used before or its time is over: nobody is told which
     */
    Pending back(String state) {
        return Pending.organization(state)
                .flatMap(org -> pending.take(org, state))
                .orElseThrow(() -> new ProblemException(
                        Problem.GONE, "This consent was used already, or its time is over: connect again."));
    }

    /**
     * Exchanges the code and keeps the tokens.
     *
     * @throws ProblemException if there are none
     */
    void complete(Pending consent, String code) {
        OAuthProvider provider = providers.ofKind(consent.kind());
        OAuthProperties.App app = providers.app(consent.org(), provider);
        switch (client.exchange(consent.org(), provider, app, code, consent.verifier(), callback())) {
            case TokenAnswer.Granted granted -> keep(consent, provider, granted);
            case TokenAnswer.Revoked(String reason) -> throw refused(consent, reason);
            case TokenAnswer.Away away -> throw refused(consent, away.detail());
        }
    }

    private void keep(Pending consent, OAuthProvider provider, TokenAnswer.Granted granted) {
        Map<String, String> attributes = new HashMap<>(consent.attributes());
        attributes.putAll(granted.attributes());
        if (!attributes.keySet().containsAll(provider.attributes().keySet())) {
            throw refused(consent, "its answer does not say where calls go");
        }
        Instant now = clock.instant();
        ConnectionTokens tokens = TokenTimes.kept(granted, null, now, provider.refreshBefore(), random::nextDouble);
        Credential as = new Credential(
                consent.connection(), consent.org(), consent.kind(), consent.name(), attributes, Map.of());
        if (!connections.connect(as, tokens, consent.by(), now.plus(properties.keepAlive()))) {
            throw new ProblemException(Problem.CONFLICT, "The credential is of another kind.");
        }
        log.info("Connection {} of {} is connected, as {} asked", as.id(), as.org(), consent.by());
    }

    private static ProblemException refused(Pending consent, String why) {
        log.warn("A consent for {} of {} gave no tokens: {}", consent.connection(), consent.org(), why);
        return new ProblemException(
                Problem.CONFLICT,
                "The third party gave no tokens for this consent: connect again. If that does not"
                        + " help, check the OAuth app's client id, secret and redirect URI.");
    }

    private URI callback() {
        URI base = properties.publicUrl();
        if (base == null) {
            throw new ProblemException(
                    Problem.CONFLICT, "The operator must say where this installation is reached (ENGINE_PUBLIC_URL).");
        }
        return URI.create(base.toString().replaceAll("/+$", "") + CALLBACK);
    }
}
