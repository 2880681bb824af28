package dev.automationengine.kit.problem;

import java.util.List;
import java.util.Locale;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** How problems and pointers are written. */
public final class Problems {
    private Problems() {}

    /** The body of an error answer. */
    public static ProblemDetail detail(Problem problem, String detail, List<FieldError> errors) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), detail);
        body.setType(problem.type());
        body.setTitle(problem.title());
        if (!errors.isEmpty()) {
            body.setProperty("errors", errors);
        }
        return body;
    }

    /** {@code steps[0].retryPolicy} becomes {@code /steps/0/retry_policy}. */
    static String pointer(String beanPath) {
        return "/" + snakeCase(beanPath.replace("[", "/").replace("]", "").replace('.', '/'));
    }

    static String pointer(JacksonException e) {
        if (!(e instanceof DatabindException bind)) {
            return "";
        }
        StringBuilder pointer = new StringBuilder();
        bind.getPath()
                .forEach(step -> pointer.append('/')
                        .append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()));
        return pointer.toString();
    }

    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
