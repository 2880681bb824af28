package dev.automationengine.trigger.lead;

import dev.automationengine.connectors.meta.GraphError;
import dev.automationengine.trigger.lead.GraphAnswer.Kind;
import dev.automationengine.trigger.lead.GraphAnswer.Refused;
import tools.jackson.databind.JsonNode;

/** Why a lead could not be had. */
final class GraphFailures {
    /** Graph left the lead out of a batch's answer: it had no time for it. */
    static final Refused NO_ANSWER = new Refused("no_answer", Kind.PASSING);

    /** The organization has stored no token for the page. */
    static final Refused NO_CREDENTIAL = new Refused("credential_missing", Kind.ACCESS);

    /** The organization has several tokens for the page and the trigger names none. */
    static final Refused AMBIGUOUS_CREDENTIAL = new Refused("credential_ambiguous", Kind.ACCESS);

    /** The organization's token cannot be decrypted: somebody has to store it again. */
    static final Refused UNREADABLE_CREDENTIAL = new Refused("credential_unreadable", Kind.ACCESS);

    private GraphFailures() {}

    /** The refusal in an answer. */
    static Refused of(int status, JsonNode body) {
        GraphError error = GraphError.of(status, body);
        return new Refused(
                error.code(),
                switch (error.kind()) {
                    case THROTTLED, OUTAGE -> Kind.PASSING;
                    case ACCESS -> Kind.ACCESS;
                    case NOT_VISIBLE -> Kind.NOT_YET_VISIBLE;
                    case REJECTED -> Kind.PERMANENT;
                });
    }
}
