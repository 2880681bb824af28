package dev.automationengine.kit.problem;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns every exception of a controller into a problem that tells the caller what to do, and nothing else. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException e) {
        if (e.problem() == Problem.UNAVAILABLE) {
            log.warn("Request failed: {}", e.getMessage(), e.getCause());
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.problem().status());
        if (e.retryAfter() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter().toSeconds()));
        }
        if (e.problem() == Problem.UNSUPPORTED_ENCODING) {
            // RFC 9110, 15.5.16: tells a client which encodings it may use instead.
            answer.header(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.detail(e.problem(), String.valueOf(e.getMessage()), e.errors()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException e) {
        return problem(new ProblemException(
                Problem.INVALID_REQUEST,
                "A parameter has a value that cannot be read.",
                List.of(new FieldError(e.getName(), "has the wrong form")),
                e));
    }

    @ExceptionHandler({MongoException.class, DataAccessResourceFailureException.class})
    ResponseEntity<ProblemDetail> databaseAway(Exception e) {
        return problem(ProblemException.unavailable("The database does not answer. Try again.", RETRY_AFTER, e));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e) {
        log.error("Unexpected failure of a request", e);
        return problem(new ProblemException(Problem.INTERNAL, "Something went wrong on our side."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid("The body is not valid.", errors(e.getBindingResult()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> errors(result).stream())
                .toList();
        boolean body = e.getParameterValidationResults().stream().allMatch(ParameterErrors.class::isInstance);
        return invalid(body ? "The body is not valid." : "A parameter is not valid.", errors);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String pointer = e.getCause() instanceof JacksonException json ? Problems.pointer(json) : "";
        return invalid(
                "The body cannot be read.", List.of(new FieldError(pointer, "is not JSON of the expected form")));
    }

    private static List<FieldError> errors(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return errors((Errors) body);
        }
        String name =
                Problems.snakeCase(String.valueOf(result.getMethodParameter().getParameterName()));
        return result.getResolvableErrors().stream()
                .map(error -> new FieldError(name, String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    private static List<FieldError> errors(Errors body) {
        return body.getFieldErrors().stream()
                .map(f -> new FieldError(Problems.pointer(f.getField()), String.valueOf(f.getDefaultMessage())))
                .toList();
    }

    private static ResponseEntity<Object> invalid(String detail, List<FieldError> errors) {
        return ResponseEntity.status(Problem.INVALID_REQUEST.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.detail(Problem.INVALID_REQUEST, detail, errors));
    }
}
