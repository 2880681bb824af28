package dev.automationengine.connectors.action;

import dev.automationengine.model.execution.ErrorClass;

/** What an HTTP status means where the third party has no codes of its own (RFC 9110, section 15). */
final class StatusClass {
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private StatusClass() {}

    static boolean success(int status) {
        return status >= 200 && status < REDIRECTION;
    }

    static ErrorClass of(int status) {
        return switch (status) {
            case 401, 403, 407 -> ErrorClass.AUTHENTICATION;
            case 408, 425 -> ErrorClass.OUTAGE;
            case 429 -> ErrorClass.THROTTLED;
            case 501, 505 -> ErrorClass.REJECTED;
            default -> {
                if (status >= SERVER_ERROR) {
                    yield ErrorClass.OUTAGE;
                }
                // An answer of success that tells of a failure, with a code that no rule knows, is a refusal too.
                yield status >= CLIENT_ERROR || success(status) ? ErrorClass.REJECTED : ErrorClass.CONFIGURATION;
            }
        };
    }

    static String advice(int status) {
        return switch (of(status)) {
            case AUTHENTICATION -> "Check the credential and its permissions at the third party, then redrive.";
            case THROTTLED, OUTAGE, TIMEOUT, INTERNAL ->
                "Nothing to do: the engine tries again as the step's retry policy says.";
            case REJECTED -> "The third party refuses this request: correct the data or the step, then redrive.";
            case CONFIGURATION -> "The third party redirects: put the final URL into the step or the credential.";
        };
    }
}
