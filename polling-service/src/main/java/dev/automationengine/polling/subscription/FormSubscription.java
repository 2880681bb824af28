package dev.automationengine.polling.subscription;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import org.jspecify.annotations.Nullable;

/**
 * A form whose leads an organization waits for.
 *
 * @param org the organization
 * @param formId Meta's id of the form: digits
 * @param pageId Meta's id of the page; null if the trigger does not name it
 * @param credentialId the credential that the trigger names; null if it names none
 */
public record FormSubscription(
        OrgId org,
        String formId,
        @Nullable String pageId,
        @Nullable CredentialId credentialId) {
    /** {@code org:form}, the id of its state. */
    public String key() {
        return org + ":" + formId;
    }
}
