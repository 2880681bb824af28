package dev.automationengine.trigger.lead;

import tools.jackson.databind.JsonNode;

/** What Graph says about one lead. */
sealed interface GraphAnswer {
    /**
     * The lead.
     *
     * @param lead the node as Graph gave it
     */
    record Found(JsonNode lead) implements GraphAnswer {}

    /**
     * No lead.
     *
     * @param code a short name without personal data: {@code graph_190_463}, {@code http_502}, {@code timeout}
     * @param kind what may help
     */
    record Refused(String code, Kind kind) implements GraphAnswer {}

    /** What may help against a refusal. */
    enum Kind {
        /** Graph is down, slow or throttles: trying again soon. */
        PASSING,
        /** The lead may be too new to be seen everywhere: trying again, a few times. */
        NOT_YET_VISIBLE,
        /** The credential is missing, expired or lacks a right: trying again once somebody has renewed it. */
        ACCESS,
        /** Nothing. */
        PERMANENT
    }
}
