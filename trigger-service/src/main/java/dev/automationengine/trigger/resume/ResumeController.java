package dev.automationengine.trigger.resume;

import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.resume.ResumeToken.Kind;
import dev.automationengine.model.execution.StepEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what comes by the links of waiting steps. A link is opened by mail scanners and previews, too, so GET only asks;
 * POST answers.
 */
@RestController
class ResumeController {
    private final Links links;
    private final OpenQuestions questions;
    private final AnswerReader reader;
    private final AnswerIntake intake;

    ResumeController(Links links, OpenQuestions questions, AnswerReader reader, AnswerIntake intake) {
        this.links = links;
        this.questions = questions;
        this.reader = reader;
        this.intake = intake;
    }

    /** What a machine is told: Kafka has its answer. */
    record Accepted(boolean accepted) {}

    /** The question, with its buttons, for a person. */
    @Operation(operationId = "askResumeLink", summary = "The question behind the link of a waiting approval, as a page")
    @ApiResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @GetMapping("/webhooks/resume/{token}")
    ResponseEntity<?> ask(@PathVariable String token, HttpServletRequest request) {
        return readable(request, () -> {
            ResumeToken link = links.approval(token);
            return page(HttpStatus.OK, ApprovalPage.question(link, questions.message(link)));
        });
    }

    /** An answer: 202 once Kafka has it. The first that the dispatcher reads holds. */
    @Operation(operationId = "answerResumeLink", summary = "Answer a step that waits; the first answer holds")
    @ApiResponse(
            responseCode = "202",
            description = "It is stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Accepted.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @PostMapping("/webhooks/resume/{token}")
    ResponseEntity<?> answer(@PathVariable String token, HttpServletRequest request) {
        return readable(request, () -> {
            ResumeToken link = links.any(token);
            StepEvent.Resumed answer = reader.answer(link, request);
            intake.accept(link, answer);
            return link.kind() == Kind.APPROVAL && wantsPage(request)
                    ? page(HttpStatus.ACCEPTED, ApprovalPage.thanks(answer))
                    : ResponseEntity.accepted().body(new Accepted(true));
        });
    }

    /** A person with a browser gets a page even if something is wrong; a machine gets the problem. */
    private static ResponseEntity<?> readable(HttpServletRequest request, Supplier<ResponseEntity<?>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (!wantsPage(request)) {
                throw e;
            }
            ResponseEntity<String> page = page(e.problem().status(), ApprovalPage.problem(e));
            Duration retryAfter = e.retryAfter();
            return retryAfter == null
                    ? page
                    : ResponseEntity.status(page.getStatusCode())
                            .headers(page.getHeaders())
                            .header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()))
                            .body(page.getBody());
        }
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static ResponseEntity<String> page(HttpStatus status, String html) {
        return ResponseEntity.status(status)
                .contentType(ApprovalPage.TYPE)
                .headers(ApprovalPage::protect)
                .body(html);
    }
}
