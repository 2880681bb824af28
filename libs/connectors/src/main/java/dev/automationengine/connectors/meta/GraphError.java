package dev.automationengine.connectors.meta;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An error of Graph, classified: by code, then subcode, then HTTP status; never by message, which changes with language.
 *
 * @param code a short name without personal data: {@code graph_190_463}, {@code http_502}
 * @param kind what may help
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">Handling Errors</a>
 */
public record GraphError(String code, Kind kind) {
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

    /** What may help against an error. */
    public enum Kind {
        /** Graph asks to slow down: waiting. */
        THROTTLED,
        /** Graph is down or broken: trying again soon. */
        OUTAGE,
        /** The token is expired, or lacks a right: somebody has to renew it. */
        ACCESS,
        /** There is no such object, or the token may not see it; a new lead is not seen everywhere at once. */
        NOT_VISIBLE,
        /** Graph understands the request and refuses it: nothing. */
        REJECTED
    }

    /**
     * Reads an answer that is not what was asked for.
     *
     * @param status its HTTP status
     * @param body its body; missing where it is no JSON, as an edge's page of HTML
     */
    public static GraphError of(int status, JsonNode body) {
        JsonNode error = body.path("error");
        int code = error.path("code").asInt(-1);
        if (code < 0) {
            return new GraphError("http_" + status, byStatus(status));
        }
        int subcode = error.path("error_subcode").asInt(0);
        String name = "graph_" + code + (subcode == 0 ? "" : "_" + subcode);
        return new GraphError(
                name, error.path("is_transient").asBoolean(false) ? passing(code) : kind(code, subcode, status));
    }

    private static Kind kind(int code, int subcode, int status) {
        if (throttled(code)) {
            return Kind.THROTTLED;
        }
        if (OUTAGE.contains(code)) {
            return Kind.OUTAGE;
        }
        if (ACCESS.contains(code) || code >= FIRST_PERMISSION && code <= LAST_PERMISSION) {
            return Kind.ACCESS;
        }
        return code == INVALID_PARAMETER && subcode == NOT_VISIBLE ? Kind.NOT_VISIBLE : byStatus(status);
    }

    private static Kind passing(int code) {
        return throttled(code) ? Kind.THROTTLED : Kind.OUTAGE;
    }

    private static boolean throttled(int code) {
        return THROTTLED.contains(code) || code >= FIRST_BUSINESS_LIMIT && code <= LAST_BUSINESS_LIMIT;
    }

    private static Kind byStatus(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Kind.THROTTLED;
        }
        return status >= FIRST_SERVER_ERROR ? Kind.OUTAGE : Kind.REJECTED;
    }
}
