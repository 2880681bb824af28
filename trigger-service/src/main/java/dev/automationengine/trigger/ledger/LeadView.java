package dev.automationengine.trigger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lead.
 *
 * @param leadId Meta's id of it
 * @param eventId the event that it becomes
 * @param formId Meta's id of the form; null where nobody has told it
 * @param pageId Meta's id of the page; null where nobody has told it
 * @param state how far it has come
 * @param createdAt when the person sent the form
 * @param receivedAt when we first heard of it
 * @param recovered whether a sweep heard of it first
 * @param listed whether Graph has listed it to a sweep
 * @param fetchedAt when its answers were fetched and its event was published; null before
 * @param problem code of why it could not be fetched when last tried; null: none
 * @param executions what workflows do with it, the oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeadView(
        String leadId,
        String eventId,
        @Nullable String formId,
        @Nullable String pageId,
        State state,
        Instant createdAt,
        Instant receivedAt,
        boolean recovered,
        boolean listed,
        @Nullable Instant fetchedAt,
        @Nullable String problem,
        List<Execution> executions) {
    /** How far a lead has come. */
    enum State {
        /** Meta has told of it. */
        RECEIVED,
        /** Its answers are here. */
        FETCHED,
        /** A workflow has begun. */
        ROUTED,
        /** A workflow has completed. */
        DELIVERED,
        /** It could not be fetched, and nobody tries again. */
        FAILED;

        /** The state as the API names it. */
        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An execution that the lead started.
     *
     * @param executionId its id
     * @param workflowId its workflow
     * @param status where it stands
     * @param destinations what it does at third parties, in the order of the workflow
     */
    record Execution(String executionId, String workflowId, String status, List<Destination> destinations) {}

    /**
     * An action at a third party.
     *
     * @param stepId the step
     * @param action the action
     * @param status where it stands
     * @param at when it ended; null before
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Destination(
            String stepId,
            String action,
            String status,
            @Nullable Instant at) {}

    /** The entry of a lead. */
    static LeadView of(Document entry) {
        return new LeadView(
                entry.getString("lead_id"),
                entry.getString(LeadLedger.ID),
                entry.getString(LeadLedger.FORM),
                entry.getString("page_id"),
                state(entry),
                entry.getDate("created_at").toInstant(),
                entry.getDate("received_at").toInstant(),
                entry.containsKey(LeadLedger.RECOVERED),
                entry.containsKey(LeadLedger.LISTED),
                instant(entry.getDate("fetched_at")),
                entry.getString(LeadLedger.PROBLEM),
                executions(entry));
    }

    private static State state(Document entry) {
        if (entry.containsKey(LeadDeliveries.DELIVERED)) {
            return State.DELIVERED;
        }
        if (entry.containsKey(LeadDeliveries.ROUTED)) {
            return State.ROUTED;
        }
        if (entry.containsKey(LeadLedger.FETCHED)) {
            return State.FETCHED;
        }
        return entry.containsKey(LeadLedger.GIVEN_UP) ? State.FAILED : State.RECEIVED;
    }

    private static List<Execution> executions(Document entry) {
        Document executions = entry.get(LeadDeliveries.EXECUTIONS, new Document());
        return executions.entrySet().stream().map(LeadView::execution).toList();
    }

    private static Execution execution(Map.Entry<String, Object> stored) {
        Document execution = (Document) stored.getValue();
        return new Execution(
                stored.getKey(),
                execution.getString("workflow_id"),
                execution.getString("status"),
                execution.getList("destinations", Document.class).stream()
                        .map(each -> new Destination(
                                each.getString("step_id"),
                                each.getString("action"),
                                each.getString("status"),
                                instant(each.getDate("at"))))
                        .toList());
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
