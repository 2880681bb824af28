package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.meta.GraphError;
import tools.jackson.databind.JsonNode;

/** What an error of Graph means for a sweep. */
final class GraphErrors {
    private GraphErrors() {}

    /** The refusal in an answer. */
    static LeadPage.Refused of(int status, JsonNode body) {
        GraphError error = GraphError.of(status, body);
        Outcome.Reason reason = switch (error.kind()) {
            case THROTTLED -> Outcome.Reason.THROTTLED;
            case OUTAGE -> Outcome.Reason.OUTAGE;
            // "Does not exist, or you may not see it": of a form that a workflow names, most likely the latter.
            case ACCESS, NOT_VISIBLE -> Outcome.Reason.ACCESS;
            case REJECTED -> Outcome.Reason.REJECTED;
        };
        return new LeadPage.Refused(reason, error.code());
    }
}
