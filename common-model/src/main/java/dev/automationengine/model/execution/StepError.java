package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, told so that a person can act on it. Secrets are masked before it is made.
 *
 * @param errorClass the kind of failure
 * @param code the third party's own code, else a short name of ours
 * @param message what happened, in one sentence
 * @param httpStatus status of the answer; null if there was none
 * @param request what was asked: method and URL, secrets masked; null if nothing was sent
 * @param answer the start of the answer's body, at most {@value #MAX_ANSWER} characters; null if there was none
 * @param advice what to do about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepError(
        ErrorClass errorClass,
        String code,
        String message,
        @Nullable Integer httpStatus,
        @Nullable String request,
        @Nullable String answer,
        String advice) {
    /** Most characters of an answer that are kept. */
    public static final int MAX_ANSWER = 4096;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");

    /** Cuts the answer. */
    public StepError {
        if (answer != null && answer.length() > MAX_ANSWER) {
            answer = answer.substring(0, MAX_ANSWER);
        }
    }

    /** The code as it may be logged: where a third party has a sentence for a code, that may name a person. */
    public String loggableCode() {
        return CODE.matcher(code).matches() ? code : "(a text)";
    }
}
