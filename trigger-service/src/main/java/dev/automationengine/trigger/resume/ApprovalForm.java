package dev.automationengine.trigger.resume;

import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.model.execution.StepEvent.Resumed;
import dev.automationengine.trigger.intake.BodyReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What a person decided: by the buttons of the page, as JSON, or, with no body at all, as the link says. */
final class ApprovalForm {
    /** Most characters of a comment. */
    static final int LONGEST_COMMENT = 1000;

    private ApprovalForm() {}

    /**
     * The decision and, if there is one, the comment.
     *
     * @throws ProblemException 400 if it is neither yes nor no, or the comment is too long
     */
    static Map<String, @Nullable Object> decision(
            ResumeToken link, @Nullable String contentType, byte[] body, BodyReader bodies, JsonMapper json) {
        Map<String, String> given = isForm(contentType) ? form(body) : object(body, bodies, json);
        String decision = given.getOrDefault(Resumed.DECISION, String.valueOf(link.choice()));
        if (!decision.equals(Resumed.APPROVED) && !decision.equals(Resumed.REJECTED)) {
            throw invalid(Resumed.DECISION, "must be " + Resumed.APPROVED + " or " + Resumed.REJECTED);
        }
        String comment = given.getOrDefault(Resumed.COMMENT, "").strip();
        if (comment.length() > LONGEST_COMMENT) {
            throw invalid(Resumed.COMMENT, "has at most " + LONGEST_COMMENT + " characters");
        }
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put(Resumed.DECISION, decision);
        if (!comment.isEmpty()) {
            output.put(Resumed.COMMENT, comment);
        }
        return output;
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The form cannot be read.",
                    List.of(new FieldError("", "send it again")),
                    e);
        }
    }

    private static Map<String, String> object(byte[] body, BodyReader bodies, JsonMapper json) {
        Map<String, String> object = new LinkedHashMap<>();
        if (body.length == 0) {
            return object;
        }
        bodies.requireJson(body);
        if (!(json.readValue(body, Object.class) instanceof Map<?, ?> members)) {
            throw invalid("", "must be an object with decision and comment");
        }
        members.forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw invalid(String.valueOf(name), "must be a text");
            }
            object.put(String.valueOf(name), text);
        });
        return object;
    }

    private static ProblemException invalid(String member, String detail) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                "The answer is not valid.",
                List.of(new FieldError(member.isEmpty() ? "" : "/" + member, detail)));
    }
}
