package dev.automationengine.model.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    @JsonSubTypes.Type(value = InboundMessage.LeadSweep.class, name = "lead_sweep"),
    @JsonSubTypes.Type(value = InboundMessage.ManualRun.class, name = "manual_run"),
    @JsonSubTypes.Type(value = InboundMessage.ScheduleFired.class, name = "schedule_fired"),
    @JsonSubTypes.Type(value = InboundMessage.PolledRecords.class, name = "polled_records")
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
     * Somebody asked for a run of a workflow.
     *
     * @param id the caller's {@code Idempotency-Key}, else a random one
     * @param orgId the organization
     * @param workflowId the workflow to run
     * @param input what its steps read as {@code trigger}
     * @param receivedAt when it was asked for
     * @param traceparent W3C trace context of the request
     */
    record ManualRun(
            String id,
            OrgId orgId,
            WorkflowId workflowId,
            Map<String, @Nullable Object> input,
            Instant receivedAt,
            @Nullable String traceparent)
            implements InboundMessage {
        /** Copies the input, keeping its order. */
        // Not in the compact form, which loses the nullness of the map's values.
        public ManualRun(
                String id,
                OrgId orgId,
                WorkflowId workflowId,
                Map<String, @Nullable Object> input,
                Instant receivedAt,
                @Nullable String traceparent) {
            this.id = id;
            this.orgId = orgId;
            this.workflowId = workflowId;
            this.input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
            this.receivedAt = receivedAt;
            this.traceparent = traceparent;
        }
    }

    /**
     * A time that a workflow's schedule names has come. Who fires it once more sends the same id, so it runs once.
     *
     * @param id workflow and scheduled time
     * @param orgId the organization
     * @param workflowId the workflow to run
     * @param scheduledAt the time that the schedule names
     * @param firedAt when the scheduler sent it: later, if it was away
     */
    record ScheduleFired(String id, OrgId orgId, WorkflowId workflowId, Instant scheduledAt, Instant firedAt)
            implements InboundMessage {
        /** The firing of a workflow's schedule for a time. */
        public static ScheduleFired of(OrgId org, WorkflowId workflow, Instant scheduledAt, Instant firedAt) {
            return new ScheduleFired(workflow + "@" + scheduledAt, org, workflow, scheduledAt, firedAt);
        }
    }

    /**
     * What a look at a source found new for a workflow.
     *
     * @param id of these records of this workflow: who finds them once more sends the same
     * @param orgId the organization
     * @param workflowId the workflow whose trigger names the source
     * @param source the source's name
     * @param records what is new
     * @param foundAt when
     * @param traceparent W3C trace context of the look
     */
    record PolledRecords(
            String id,
            OrgId orgId,
            WorkflowId workflowId,
            String source,
            List<PolledRecord> records,
            Instant foundAt,
            @Nullable String traceparent)
            implements InboundMessage {
        /** Copies the records. */
        public PolledRecords {
            records = List.copyOf(records);
        }
    }

    /**
     * A record of a source.
     *
     * @param identity what the source knows it by, with its version where a change makes it new: the same is the same event
     * @param data what the steps read as {@code trigger.record}
     */
    record PolledRecord(String identity, Map<String, @Nullable Object> data) {
        /** Copies the data, keeping its order. */
        // Not in the compact form, which loses the nullness of the map's values.
        public PolledRecord(String identity, Map<String, @Nullable Object> data) {
            this.identity = identity;
            this.data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }

    /**
     * A message of a kind that a newer service knows: it goes to the dead-letter topic, not away.
     *
     * @param type the kind's name on the wire
     */
    record Unknown(@Nullable String type) implements InboundMessage {}
}
