package dev.automationengine.connectors.action;

import java.util.List;

/**
 * A kind of credential: what a form asks for.
 *
 * @param kind the name, for instance {@code crm_http}
 * @param title for people
 * @param attributes what is not secret
 * @param secrets what is
 * @param oauth whether people connect it by consenting at the third party ({@code POST
 *     /v1/connections/{connector}:authorize}), instead of typing secrets
 */
public record CredentialKind(String kind, String title, List<Field> attributes, List<Field> secrets, boolean oauth) {
    /** Copies the lists. */
    public CredentialKind {
        attributes = List.copyOf(attributes);
        secrets = List.copyOf(secrets);
    }

    /**
     * A field of it; all are required.
     *
     * @param name its name
     * @param title for people
     * @param url whether it must be an absolute http or https URL
     */
    public record Field(String name, String title, boolean url) {}
}
