package dev.automationengine.trigger.lead;

import dev.automationengine.trigger.lead.GraphAnswer.Kind;
import dev.automationengine.trigger.lead.GraphAnswer.Refused;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Classifies Graph's errors: by code, then subcode, then HTTP status; never by message, which changes with language.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">Handling Errors</a>
 */
final class GraphFailures {
    /** Graph left the lead out of a batch's answer: it had no time for it. */
    static final Refused NO_ANSWER = new Refused("no_answer", Kind.PASSING);

    /** The organization has stored no token for the page. */
    static final Refused NO_CREDENTIAL = new Refused("credential_missing", Kind.ACCESS);

    /** The organization has several tokens for the page and the trigger names none. */
    static final Refused AMBIGUOUS_CREDENTIAL = new Refused("credential_ambiguous", Kind.ACCESS);

    /** The organization's token cannot be decrypted: somebody has to store it again. */
    static final Refused UNREADABLE_CREDENTIAL = new Refused("credential_unreadable", Kind.ACCESS);

    private static final Set<Integer> PASSING = Set.of(1, 2, 4, 17, 32, 341, 613);
    private static final Set<Integer> ACCESS = Set.of(10, 102, 190, 368);
    private static final int FIRST_BUSINESS_LIMIT = 80_000;
    private static final int LAST_BUSINESS_LIMIT = 80_014;
    private static final int FIRST_PERMISSION = 200;
    private static final int LAST_PERMISSION = 299;
    private static final int INVALID_PARAMETER = 100;
    private static final int NOT_VISIBLE = 33;

    private GraphFailures() {}

    /** The refusal in an answer's body. */
    static Refused of(int status, JsonNode body) {
        JsonNode error = body.path("error");
        int code = error.path("code").asInt(-1);
        if (code < 0) {
            return new Refused("http_" + status, status >= 500 || status == 429 ? Kind.PASSING : Kind.PERMANENT);
        }
        int subcode = error.path("error_subcode").asInt(0);
        String name = "graph_" + code + (subcode == 0 ? "" : "_" + subcode);
        return new Refused(
                name, error.path("is_transient").asBoolean(false) ? Kind.PASSING : kind(code, subcode, status));
    }

    private static Kind kind(int code, int subcode, int status) {
        if (PASSING.contains(code) || code >= FIRST_BUSINESS_LIMIT && code <= LAST_BUSINESS_LIMIT) {
            return Kind.PASSING;
        }
        if (ACCESS.contains(code) || code >= FIRST_PERMISSION && code <= LAST_PERMISSION) {
            return Kind.ACCESS;
        }
        if (code == INVALID_PARAMETER && subcode == NOT_VISIBLE) {
            return Kind.NOT_YET_VISIBLE;
        }
        return status >= 500 ? Kind.PASSING : Kind.PERMANENT;
    }
}
