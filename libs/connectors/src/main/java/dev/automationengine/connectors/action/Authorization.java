package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a request carries the credential: the member {@code auth} of an action's manifest. */
sealed interface Authorization {
    /** Whether the credential has what it takes. */
    default boolean fits(Credential credential) {
        return true;
    }

    /** The headers that it takes; none without a credential. */
    default Map<String, String> headers(@Nullable Credential credential) {
        return Map.of();
    }

    /** What comes between base URL and path; mostly nothing. */
    default String path(@Nullable Credential credential) {
        return "";
    }

    /**
     * Reads it: {@code {bearer: SECRET}}, {@code {header: NAME, secret: SECRET, prefix: TEXT}},
     * {@code {basic: {user: ATTRIBUTE, password: SECRET}}} or {@code {path: TEXT, secret: SECRET}}; or a list of these, of
     * which the first counts that the credential has the secret of.
     */
    static Authorization read(ManifestNode node) {
        return node.raw() instanceof List
                ? new FirstThatFits(
                        node.elements().stream().map(Authorization::one).toList())
                : one(node);
    }

    private static Authorization one(ManifestNode node) {
        node.only("bearer", "header", "prefix", "basic", "path", "secret");
        if (node.get("basic").present()) {
            ManifestNode basic = node.get("basic");
            basic.only("user", "password");
            return new Basic(basic.get("user").text(), basic.get("password").text());
        }
        if (node.get("header").present()) {
            return new Header(
                    node.get("header").text(),
                    node.get("prefix").textOr(""),
                    node.get("secret").text());
        }
        return node.get("path").present()
                ? new InPath(node.get("path").text(), node.get("secret").text())
                : new Header("Authorization", "Bearer ", node.get("bearer").text());
    }

    /** For credentials that come by consent as well as typed in: these carry other secrets, in other ways. */
    record FirstThatFits(List<Authorization> choices) implements Authorization {
        @Override
        public Map<String, String> headers(@Nullable Credential credential) {
            return chosen(credential).headers(credential);
        }

        @Override
        public String path(@Nullable Credential credential) {
            return chosen(credential).path(credential);
        }

        private Authorization chosen(@Nullable Credential credential) {
            return choices.stream()
                    .filter(choice -> credential != null && choice.fits(credential))
                    .findFirst()
                    .orElseGet(choices::getLast);
        }
    }

    /** A header with the secret in it. */
    record Header(String name, String prefix, String secret) implements Authorization {
        @Override
        public boolean fits(Credential credential) {
            return credential.secrets().containsKey(secret);
        }

        @Override
        public Map<String, String> headers(@Nullable Credential credential) {
            return credential == null ? Map.of() : Map.of(name, prefix + required(credential, secret));
        }
    }

    /** User and password (RFC 7617). */
    record Basic(String user, String password) implements Authorization {
        @Override
        public Map<String, String> headers(@Nullable Credential credential) {
            if (credential == null) {
                return Map.of();
            }
            String pair = credential.attributes().getOrDefault(user, "") + ":" + required(credential, password);
            return Map.of(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The secret as a part of the path. It is put there as it is, so that it is found again wherever it must be masked. */
    record InPath(String before, String secret) implements Authorization {
        private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_:-]+");

        @Override
        public String path(@Nullable Credential credential) {
            if (credential == null) {
                return "";
            }
            String value = required(credential, secret);
            if (!SAFE.matcher(value).matches()) {
                throw new InvalidInputException("the credential's " + secret + " cannot stand in a path");
            }
            return before + value;
        }
    }

    private static String required(Credential credential, String name) {
        String value = credential.secrets().get(name);
        if (value == null) {
            throw new InvalidInputException("the credential has no " + name);
        }
        return value;
    }
}
