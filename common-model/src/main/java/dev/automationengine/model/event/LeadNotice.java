package dev.automationengine.model.event;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lead that an organization is owed and that Graph has not given yet.
 *
 * @param orgId the organization; each fetches with its own token, so that nobody reads another's leads
 * @param leadgenId Meta's id of the lead
 * @param pageId Meta's id of the page; null where a sweep found the lead and the trigger names the form only
 * @param formId Meta's id of the form; null where Meta left it out
 * @param submittedAt when the person sent the form
 * @param receivedAt when we first heard of it
 * @param credentialId the credential that the trigger names; null: the one of the page
 * @param attempts fetches tried so far
 * @param notBefore earliest time of the next fetch
 * @param lastError code of the last failure, null before the first
 * @param traceparent W3C trace context of the webhook's request
 */
public record LeadNotice(
        OrgId orgId,
        String leadgenId,
        @Nullable String pageId,
        @Nullable String formId,
        @Nullable Instant submittedAt,
        Instant receivedAt,
        @Nullable CredentialId credentialId,
        int attempts,
        Instant notBefore,
        @Nullable String lastError,
        @Nullable String traceparent) {}
