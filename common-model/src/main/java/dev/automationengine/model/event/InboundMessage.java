package dev.automationengine.model.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message from outside, authenticated but not yet understood: it is written to Kafka before its sender gets a 200,
 * and everything else happens after.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = InboundMessage.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = InboundMessage.MetaDelivery.class, name = "meta_delivery"),
    @JsonSubTypes.Type(value = InboundMessage.WebhookCall.class, name = "webhook_call"),
    @JsonSubTypes.Type(value = InboundMessage.LeadSweep.class, name = "lead_sweep")
})
public sealed interface InboundMessage {
    /**
     * A POST of Meta's webhooks, its signature verified.
     *
     * @param id hash of the body: two deliveries of the same body have the same id
     * @param receivedAt when the request came in
     * @param body the JSON text, byte for byte as signed
     * @param traceparent W3C trace context of the request
     */
    record MetaDelivery(
            String id,
            Instant receivedAt,
            String body,
            @Nullable String traceparent) implements InboundMessage {}

    /**
     * A call of a generic webhook.
     *
     * @param id the caller's own id of it ({@code webhook-id} or {@code Idempotency-Key}), else a random one
     * @param orgId the organization in the URL
     * @param path the rest of the URL's path, which a workflow's trigger names
     * @param receivedAt when the request came in
     * @param headers the headers that a workflow may read, names in lower case, without those that carry secrets
     * @param query the query parameters
     * @param contentType the body's media type, null if the caller named none
     * @param body the body as text
     * @param traceparent W3C trace context of the request
     */
    record WebhookCall(
            String id,
            OrgId orgId,
            String path,
            Instant receivedAt,
            Map<String, String> headers,
            Map<String, String> query,
            @Nullable String contentType,
            String body,
            @Nullable String traceparent)
            implements InboundMessage {
        /** Copies the maps. */
        public WebhookCall {
            headers = Map.copyOf(headers);
            query = Map.copyOf(query);
        }
    }

    /**
     * Leads that a sweep of a form saw at Graph: most are known already, one whose webhook got lost is not.
     *
     * @param id of the sweep's page of results
     * @param orgId the organization whose token was used
     * @param pageId Meta's id of the page; null if the subscription does not name it
     * @param formId Meta's id of the form
     * @param credentialId the credential that the trigger names; null if it names none
     * @param leads what was seen
     * @param receivedAt when
     * @param traceparent W3C trace context of the sweep
     */
    record LeadSweep(
            String id,
            OrgId orgId,
            @Nullable String pageId,
            String formId,
            @Nullable CredentialId credentialId,
            List<SweptLead> leads,
            Instant receivedAt,
            @Nullable String traceparent)
            implements InboundMessage {
        /** Copies the leads. */
        public LeadSweep {
            leads = List.copyOf(leads);
        }
    }

    /**
     * A lead that a sweep saw.
     *
     * @param leadgenId Meta's id of the lead
     * @param submittedAt when the person sent the form; null where Meta left it out
     */
    record SweptLead(String leadgenId, @Nullable Instant submittedAt) {}

    /**
     * A message of a kind that a newer service knows: it goes to the dead-letter topic, not away.
     *
     * @param type the kind's name on the wire
     */
    record Unknown(@Nullable String type) implements InboundMessage {}
}
