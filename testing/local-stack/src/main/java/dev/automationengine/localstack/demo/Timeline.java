package dev.automationengine.localstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An execution as lines that people read, each with the milliseconds since the webhook. */
final class Timeline {
    private Timeline() {}

    static List<String> of(JsonNode execution, Instant webhook) {
        List<String> lines = new ArrayList<>();
        lines.add("execution  " + execution.path("execution_id").asString() + " of "
                + execution.path("workflow_name").asString());
        lines.add(at(execution.path("created_at"), webhook) + "recorded");
        for (JsonNode step : execution.path("steps")) {
            String what = step.path("step_id").asString() + "  "
                    + step.path("action").asString(step.path("type").asString());
            for (JsonNode attempt : step.path("attempts")) {
                lines.add(at(attempt.path("finished_at"), webhook) + what + ", attempt "
                        + attempt.path("number").asInt() + ": " + outcome(attempt) + " in "
                        + between(attempt.path("started_at"), attempt.path("finished_at")) + " ms");
            }
            lines.add(at(step.path("finished_at"), webhook) + what + ": "
                    + step.path("status").asString());
        }
        lines.add(at(execution.path("finished_at"), webhook)
                + execution.path("status").asString());
        return lines;
    }

    private static String outcome(JsonNode attempt) {
        JsonNode error = attempt.path("error");
        String status = attempt.path("http_status").isNumber()
                ? "HTTP " + attempt.path("http_status").asInt()
                : "done";
        return error.isObject() ? status + ", " + error.path("message").asString("failed") : status;
    }

    private static String at(JsonNode time, Instant webhook) {
        return time.isString()
                ? String.format(
                        "  +%6d ms  ",
                        Duration.between(webhook, Instant.parse(time.asString()))
                                .toMillis())
                : "              ";
    }

    private static long between(JsonNode from, JsonNode to) {
        return from.isString() && to.isString()
                ? Duration.between(Instant.parse(from.asString()), Instant.parse(to.asString()))
                        .toMillis()
                : 0;
    }
}
