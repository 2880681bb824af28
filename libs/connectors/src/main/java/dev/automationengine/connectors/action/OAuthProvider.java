package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Template;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a third party gives tokens: OAuth 2.0, authorization code with PKCE (RFC 6749, RFC 7636), as a manifest's member
 * {@code credential.oauth} tells it.
 *
 * @param connector the connector's id
 * @param kind the kind of credential that the tokens are kept as
 * @param authorizationUrl where a person consents; templates may name {@code settings}
 * @param tokenUrl where codes and refresh tokens are exchanged; the same
 * @param revocationUrl where tokens are taken back (RFC 7009) once a connection is deleted; the same; null: the third party
 *     has none
 * @param scopes what is asked for
 * @param clientAuth how the client proves itself at the token URL
 * @param parameters more parameters of the authorization URL, for instance {@code access_type: offline}
 * @param refreshBefore how long before its end an access token is replaced, at least
 * @param revoked values of the members {@code error} or {@code status} of a token answer which say that the refresh token
 *     is no good any more; everything else passes and is tried again
 * @param scopeSeparator what stands between scopes: a space (RFC 6749, section 3.3), at some a comma
 * @param tokenTypes types of tokens, in lower case, that calls carry as a bearer token
 * @param attributes attributes of the credential that token answers name, by the answer's member: URLs that calls go to, such
 *     as Salesforce's {@code instance_url}. Nobody types them in
 * @param refusedCodes codes of actions' errors that say, as the status 401 does, that the access token is no good: for
 *     third parties that say so with a status of success
 */
public record OAuthProvider(
        String connector,
        String kind,
        String authorizationUrl,
        String tokenUrl,
        @Nullable String revocationUrl,
        List<String> scopes,
        ClientAuth clientAuth,
        Map<String, String> parameters,
        Duration refreshBefore,
        Set<String> revoked,
        String scopeSeparator,
        Set<String> tokenTypes,
        Map<String, String> attributes,
        Set<String> refusedCodes) {
    private static final Duration DEFAULT_REFRESH_BEFORE = Duration.ofMinutes(5);

    /** Copies the collections. */
    public OAuthProvider {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        revoked = Set.copyOf(revoked);
        tokenTypes = Set.copyOf(tokenTypes);
        attributes = Map.copyOf(attributes);
        refusedCodes = Set.copyOf(refusedCodes);
    }

    /** How a client proves itself (RFC 6749, section 2.3.1). */
    public enum ClientAuth {
        /** Id and secret in the header {@code Authorization}. */
        BASIC,
        /** Id and secret as fields of the form. */
        POST
    }

    /** Reads the member {@code oauth}; {@code settings} are the manifest's own, to check the URLs with. */
    static @Nullable OAuthProvider read(
            String connector, String kind, Map<String, String> settings, ManifestNode node) {
        if (!node.present()) {
            return null;
        }
        node.only(
                "authorization_url",
                "token_url",
                "revocation_url",
                "scopes",
                "client_auth",
                "parameters",
                "refresh_before",
                "revoked_codes",
                "scope_separator",
                "token_types",
                "attributes",
                "refused_codes");
        OAuthProvider provider = new OAuthProvider(
                connector,
                kind,
                node.get("authorization_url").text(),
                node.get("token_url").text(),
                node.get("revocation_url").present()
                        ? node.get("revocation_url").text()
                        : null,
                node.get("scopes").texts(),
                node.get("client_auth").present()
                        ? node.get("client_auth").constant(ClientAuth.class, ClientAuth.POST)
                        : ClientAuth.POST,
                strings(node.get("parameters")),
                node.get("refresh_before").present()
                        ? node.get("refresh_before").parsed(Duration::parse).orElse(DEFAULT_REFRESH_BEFORE)
                        : DEFAULT_REFRESH_BEFORE,
                texts(node.get("revoked_codes"), "invalid_grant"),
                node.get("scope_separator").textOr(" "),
                texts(node.get("token_types"), "bearer"),
                strings(node.get("attributes")),
                texts(node.get("refused_codes")));
        node.get("authorization_url").parsed(url -> checked(rendered(url, settings)));
        node.get("token_url").parsed(url -> checked(rendered(url, settings)));
        if (provider.revocationUrl() != null) {
            node.get("revocation_url").parsed(url -> checked(rendered(url, settings)));
        }
        return provider;
    }

    /** The same with the settings filled in. */
    OAuthProvider with(Map<String, String> settings) {
        return new OAuthProvider(
                connector,
                kind,
                rendered(authorizationUrl, settings),
                rendered(tokenUrl, settings),
                revocationUrl == null ? null : rendered(revocationUrl, settings),
                scopes,
                clientAuth,
                parameters,
                refreshBefore,
                revoked,
                scopeSeparator,
                tokenTypes,
                attributes,
                refusedCodes);
    }

    private static String rendered(String url, Map<String, String> settings) {
        return String.valueOf(Template.compile(url).render(Map.of("settings", settings)));
    }

    private static URI checked(String text) {
        URI url = URI.create(text);
        if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                || url.getHost() == null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("must be an absolute http or https URL without fragment");
        }
        return url;
    }

    private static Set<String> texts(ManifestNode node, String... otherwise) {
        return node.present() ? Set.copyOf(node.texts()) : Set.of(otherwise);
    }

    private static Map<String, String> strings(ManifestNode node) {
        Map<String, String> strings = new HashMap<>();
        if (node.raw() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> strings.put(String.valueOf(name), String.valueOf(value)));
        } else if (node.present()) {
            node.objection("must be an object");
        }
        return strings;
    }
}
