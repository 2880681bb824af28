package dev.automationengine.polling.sweep;

import dev.automationengine.polling.sweep.Outcome.Reason;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Classifies Graph's errors: by code, then HTTP status; never by message, which changes with language.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">Handling Errors</a>
 */
final class GraphErrors {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final Set<Integer> THROTTLED = Set.of(4, 17, 32, 341, 613);
    private static final int FIRST_BUSINESS_LIMIT = 80_000;
    private static final int LAST_BUSINESS_LIMIT = 80_014;
    private static final Set<Integer> OUTAGE = Set.of(1, 2);
    private static final Set<Integer> ACCESS = Set.of(10, 102, 190, 368);
    private static final int FIRST_PERMISSION = 200;
    private static final int LAST_PERMISSION = 299;
    private static final int INVALID_PARAMETER = 100;
    private static final int NOT_VISIBLE = 33;

    private GraphErrors() {}

    /** The refusal in an answer's body. */
    static LeadPage.Refused of(int status, JsonNode body) {
        JsonNode error = body.path("error");
        int code = error.path("code").asInt(-1);
        if (code < 0) {
            return new LeadPage.Refused(byStatus(status), "http_" + status);
        }
        int subcode = error.path("error_subcode").asInt(0);
        String name = "graph_" + code + (subcode == 0 ? "" : "_" + subcode);
        return new LeadPage.Refused(
                error.path("is_transient").asBoolean(false) ? transientReason(code) : reason(code, subcode, status),
                name);
    }

    private static Reason reason(int code, int subcode, int status) {
        if (throttled(code)) {
            return Reason.THROTTLED;
        }
        if (OUTAGE.contains(code)) {
            return Reason.OUTAGE;
        }
        if (ACCESS.contains(code) || code >= FIRST_PERMISSION && code <= LAST_PERMISSION) {
            return Reason.ACCESS;
        }
        // "Does not exist, or you may not see it": of a form that a workflow names, most likely the latter.
        return code == INVALID_PARAMETER && subcode == NOT_VISIBLE ? Reason.ACCESS : byStatus(status);
    }

    private static Reason transientReason(int code) {
        return throttled(code) ? Reason.THROTTLED : Reason.OUTAGE;
    }

    private static boolean throttled(int code) {
        return THROTTLED.contains(code) || code >= FIRST_BUSINESS_LIMIT && code <= LAST_BUSINESS_LIMIT;
    }

    private static Reason byStatus(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Reason.THROTTLED;
        }
        return status >= FIRST_SERVER_ERROR ? Reason.OUTAGE : Reason.REJECTED;
    }
}
