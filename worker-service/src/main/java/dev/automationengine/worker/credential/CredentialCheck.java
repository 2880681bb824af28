package dev.automationengine.worker.credential;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ConnectorDescriptor;
import dev.automationengine.connectors.action.CredentialKind;
import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a credential against what its kind asks for. No message quotes a value. */
@Component
public class CredentialCheck {
    private static final int LONGEST = 8_192;

    private final ActionCatalog catalog;

    CredentialCheck(ActionCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A credential that may be stored.
     *
     * @param attributes what is not secret
     * @param secrets what is
     */
    record Checked(Map<String, String> attributes, Map<String, String> secrets) {
        @Override
        public String toString() {
            return "Checked[***]";
        }
    }

    /**
     * Checks an input.
     *
     * @throws ProblemException with everything that is wrong
     */
    Checked check(CredentialInput input) {
        List<FieldError> errors = new ArrayList<>();
        Checked checked = catalog.credentialKind(input.kind())
                .map(kind -> onlyConnected(kind)
                        ? connectedElsewhere(errors)
                        : new Checked(
                                fields("/attributes", kind.attributes(), input.attributes(), errors),
                                fields("/secrets", kind.secrets(), input.secrets(), errors)))
                .orElseGet(() -> {
                    errors.add(new FieldError("/kind", "must be one of " + kinds()));
                    return new Checked(Map.of(), Map.of());
                });
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "The credential is not valid.", errors);
        }
        return checked;
    }

    /**
     * Checks what an existing credential is to become.
     *
     * @param kind the kind that it has
     * @param secrets null if they stay
     * @throws ProblemException with everything that is wrong
     */
    Checked check(
            String kind,
            @Nullable Map<String, @Nullable String> attributes,
            @Nullable Map<String, @Nullable String> secrets) {
        List<FieldError> errors = new ArrayList<>();
        CredentialKind known = catalog.credentialKind(kind)
                .orElseThrow(() -> new ProblemException(
                        Problem.CONFLICT, "No connector has credentials of kind " + kind + " any more: delete it."));
        if (onlyConnected(known) && secrets != null) {
            connectedElsewhere(errors);
        }
        Checked checked = new Checked(
                fields("/attributes", known.attributes(), attributes, errors),
                secrets == null ? Map.of() : fields("/secrets", known.secrets(), secrets, errors));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "The credential is not valid.", errors);
        }
        return checked;
    }

    /**
     * Checks the attributes of a kind whose secrets come from the third party; those that come with them are not asked for.
     *
     * @throws ProblemException with everything that is wrong
     */
    public Map<String, String> attributes(OAuthProvider provider, @Nullable Map<String, @Nullable String> given) {
        List<FieldError> errors = new ArrayList<>();
        List<CredentialKind.Field> asked = catalog.credentialKind(provider.kind()).orElseThrow().attributes().stream()
                .filter(field -> !provider.attributes().containsKey(field.name()))
                .toList();
        Map<String, String> attributes = fields("/attributes", asked, given, errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "The connection is not valid.", errors);
        }
        return attributes;
    }

    /** Some kinds take typed secrets, too: the key of a service account instead of a person's consent. */
    private static boolean onlyConnected(CredentialKind kind) {
        return kind.oauth() && kind.secrets().isEmpty();
    }

    private static Checked connectedElsewhere(List<FieldError> errors) {
        errors.add(new FieldError("/kind", "is connected by POST /v1/connections/{connector}:authorize"));
        return new Checked(Map.of(), Map.of());
    }

    private String kinds() {
        return catalog.connectors().stream()
                .map(ConnectorDescriptor::credential)
                .map(CredentialKind::kind)
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> fields(
            String pointer,
            List<CredentialKind.Field> wanted,
            @Nullable Map<String, @Nullable String> given,
            List<FieldError> errors) {
        Map<String, String> fields = new HashMap<>();
        for (CredentialKind.Field field : wanted) {
            String value = given == null ? null : given.get(field.name());
            String objection = objection(field, value);
            if (objection != null) {
                errors.add(new FieldError(pointer + "/" + field.name(), objection));
            } else if (value != null) {
                fields.put(field.name(), value);
            }
        }
        if (given != null) {
            given.keySet().stream()
                    .filter(name ->
                            wanted.stream().noneMatch(field -> field.name().equals(name)))
                    .forEach(name -> errors.add(new FieldError(pointer, "has a member that this kind does not know")));
        }
        return fields;
    }

    private static @Nullable String objection(CredentialKind.Field field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return "is missing: " + field.title();
        }
        if (value.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        return field.url() && !isUrl(value) ? "must be an absolute http or https URL without user name" : null;
    }

    private static boolean isUrl(String value) {
        try {
            URI url = URI.create(value);
            return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
