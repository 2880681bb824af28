package dev.automationengine.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A standardised event: CloudEvents 1.0 in its JSON format, for one organization.
 *
 * @param specversion always {@value #SPEC_VERSION}
 * @param id the event's id: {@code source} and {@code subject} of the same organization give the same id
 * @param source where it comes from, a URI reference such as {@code /meta/pages/1/forms/2}
 * @param type what happened, for instance {@code dev.automationengine.lead.received.v1}
 * @param subject the source's own id of it, for instance Meta's leadgen id
 * @param time when it happened at the source
 * @param datacontenttype always {@value #JSON}
 * @param orgId extension {@code orgid}: the organization it belongs to
 * @param triggerType extension {@code triggertype}: the type of trigger that may listen to it
 * @param traceparent extension: W3C trace context
 * @param data the content
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutomationEvent(
        String specversion,
        EventId id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        @JsonProperty("orgid") OrgId orgId,
        @JsonProperty("triggertype") String triggerType,
        @Nullable String traceparent,
        Data data) {
    /** The version of the specification. */
    public static final String SPEC_VERSION = "1.0";

    /** The media type of the data. */
    public static final String JSON = "application/json";

    /** An event whose id follows from its organization, source and subject. */
    public static AutomationEvent of(
            OrgId org,
            String source,
            String subject,
            String type,
            String triggerType,
            Instant time,
            @Nullable String traceparent,
            Data data) {
        return new AutomationEvent(
                SPEC_VERSION,
                EventId.of(org, source, subject),
                source,
                type,
                subject,
                time,
                JSON,
                org,
                triggerType,
                traceparent,
                data);
    }

    /**
     * The content of an event.
     *
     * @param match what triggers select by, for instance {@code form_id} and {@code page_id}: a workflow listens to
     *     the event if each of these that its trigger names has the same value there
     * @param payload what the steps of a workflow read as {@code trigger}
     * @param workflowId the only workflow that the event is for; null: whoever listens
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Data(
            Map<String, String> match,
            Map<String, @Nullable Object> payload,
            @Nullable WorkflowId workflowId) {
        /** Copies the maps, keeping the payload's order. */
        // Not in the compact form, which loses the nullness of the map's values.
        public Data(Map<String, String> match, Map<String, @Nullable Object> payload, @Nullable WorkflowId workflowId) {
            this.match = Map.copyOf(match);
            this.payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
            this.workflowId = workflowId;
        }

        /** For whoever listens. */
        public Data(Map<String, String> match, Map<String, @Nullable Object> payload) {
            this(match, payload, null);
        }

        /** For one workflow. */
        public static Data of(WorkflowId workflow, Map<String, @Nullable Object> payload) {
            return new Data(Map.of(), payload, workflow);
        }
    }
}
