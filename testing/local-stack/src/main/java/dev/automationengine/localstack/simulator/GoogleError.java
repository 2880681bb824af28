package dev.automationengine.localstack.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Google's common error envelope. */
final class GoogleError {
    private GoogleError() {}

    static Refused unauthenticated() {
        return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    }

    static Refused denied() {
        return error(403, "PERMISSION_DENIED", "The caller does not have permission");
    }

    static Refused notFound() {
        return error(404, "NOT_FOUND", "Requested entity was not found.");
    }

    static Refused invalid(String message) {
        return error(400, "INVALID_ARGUMENT", message);
    }

    /** The minute's reads or writes of one account are used up. */
    static Refused quota(String what) {
        String message = "Quota exceeded for quota metric '" + what + " requests' and limit '" + what
                + " requests per minute per user' of service 'sheets.googleapis.com'"
                + " for consumer 'project_number:1234'.";
        return error(429, "RESOURCE_EXHAUSTED", message);
    }

    private static Refused error(int status, String name, String message) {
        ObjectNode answer = Json.object();
        answer.putObject("error").put("code", status).put("message", message).put("status", name);
        return new Refused(Answer.json(status, answer));
    }
}
