package dev.automationengine.localstack.simulator;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error envelope of Graph and WhatsApp.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">Meta: handling errors</a>
 */
record GraphError(
        int status,
        int code,
        @Nullable Integer errorSubcode,
        String message,
        @Nullable String details,
        @Nullable String userMessage,
        boolean isTransient) {

    static GraphError of(int code, String message) {
        return new GraphError(statusOf(code), code, null, message, null, null, false);
    }

    static GraphError noToken() {
        return of(104, "An access token is required to request this resource.");
    }

    /** One answer for "there is no such object" and "this token may not see it": Graph does not tell them apart. */
    static GraphError notVisible(String method, String id) {
        return of(
                        100,
                        "Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing"
                                        .formatted(method.toLowerCase(Locale.ROOT), id)
                                + " permissions, or does not support this operation.")
                .subcode(33);
    }

    static GraphError badParameter(String message) {
        return of(100, "(#100) " + message);
    }

    static Answer outage() {
        return new GraphError(503, 2, null, "Service temporarily unavailable", null, null, true).answer();
    }

    GraphError subcode(@Nullable Integer subcode) {
        return new GraphError(status, code, subcode, message, details, userMessage, isTransient);
    }

    GraphError details(String text) {
        return new GraphError(status, code, errorSubcode, message, text, userMessage, isTransient);
    }

    /** What Meta tells people, besides the message for programs. */
    GraphError userMessage(String text) {
        return new GraphError(status, code, errorSubcode, message, details, text, isTransient);
    }

    GraphError status(int other) {
        return new GraphError(other, code, errorSubcode, message, details, userMessage, isTransient);
    }

    Refused refused() {
        return new Refused(answer());
    }

    Answer answer() {
        ObjectNode error = Json.object();
        error.put("message", message);
        error.put("type", code == 100 && errorSubcode != null ? "GraphMethodException" : "OAuthException");
        error.put("code", code);
        if (errorSubcode != null) {
            error.put("error_subcode", errorSubcode);
        }
        if (details != null) {
            error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
        }
        if (userMessage != null) {
            error.put("error_user_msg", userMessage);
        }
        if (isTransient) {
            error.put("is_transient", true);
        }
        error.put(
                "fbtrace_id",
                "A" + UUID.randomUUID().toString().replace("-", "").substring(0, 22));
        ObjectNode envelope = Json.object();
        envelope.set("error", error);
        return Answer.json(status, envelope);
    }

    /** Meta documents no status per code for Graph; for WhatsApp it does, and real answers are often 400. */
    private static int statusOf(int code) {
        return switch (code) {
            case 1 -> 500;
            case 2 -> 503;
            case 10, 200, 368, 131005, 131031 -> 403;
            case 80007, 130429, 131048, 131056 -> 429;
            case 132001 -> 404;
            case 131000 -> 500;
            case 131016 -> 503;
            default -> 400;
        };
    }
}
