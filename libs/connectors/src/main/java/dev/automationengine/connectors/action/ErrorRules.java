package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.RetryAfter;
import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Path;
import dev.automationengine.model.execution.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a third party's failures are told apart: by its own code if a rule knows it, else by HTTP status. */
final class ErrorRules {
    /** Rules for everybody: status only. */
    static final ErrorRules GENERAL = new ErrorRules(List.of(), List.of(), List.of());

    private static final int MAX_DETAIL = 500;
    private static final int MAX_CODE = 64;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    /** Where APIs tell in words what is wrong, the most telling first. */
    private static final List<Path> DETAILS = paths(
            "body.error.error_data.details",
            "body.error.error_user_msg",
            "body.description",
            "body.data[0].message",
            "body.error.message",
            "body.error_description",
            "body.detail",
            "body.message",
            "body.errors[0].message",
            "body.errors[0].detail",
            "body[0].message",
            "body.title",
            "body.error");

    /** Where APIs have a code. */
    private static final List<Path> CODES = paths("body.error.code", "body.code", "body.errorCode", "body.error");

    private final List<Path> codePaths;
    private final List<Path> waitPaths;
    private final List<Rule> rules;

    private ErrorRules(List<Path> codePaths, List<Path> waitPaths, List<Rule> rules) {
        this.codePaths = codePaths;
        this.waitPaths = waitPaths;
        this.rules = rules;
    }

    /**
     * What a failure means.
     *
     * @param pause how long to wait where the answer itself does not say; empty if nobody knows
     * @param connectionWide whether the wait holds for all that is sent with the credential
     */
    record Verdict(
            ErrorClass errorClass,
            String code,
            Optional<String> detail,
            String advice,
            Optional<Duration> pause,
            boolean connectionWide) {}

    private record Rule(
            Predicate<String> codes, ErrorClass errorClass, String advice, Optional<Duration> pause, Scope scope) {}

    /** What a failure holds for. */
    private enum Scope {
        CONNECTION,
        REQUEST
    }

    /** Reads the member {@code errors} of an action's manifest. */
    static ErrorRules read(ManifestNode node) {
        if (!node.present()) {
            return GENERAL;
        }
        node.only("code", "wait_seconds", "codes");
        return new ErrorRules(
                places(node.get("code")),
                places(node.get("wait_seconds")),
                node.get("codes").elements().stream().map(ErrorRules::rule).toList());
    }

    private static List<Path> places(ManifestNode node) {
        List<ManifestNode> places = node.raw() instanceof List ? node.elements() : List.of(node);
        return places.stream()
                .filter(ManifestNode::present)
                .flatMap(place -> place.parsed(ErrorRules::place).stream())
                .toList();
    }

    private static Path place(String text) {
        try {
            return Path.parse(text.startsWith("[") ? "body" + text : "body." + text);
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Rule rule(ManifestNode node) {
        node.only("codes", "class", "advice", "wait", "scope");
        Predicate<String> codes = node.get("codes").elements().stream()
                .map(code -> code.<Predicate<String>>parsed(ErrorRules::codes).orElse(ignored -> false))
                .reduce(ignored -> false, Predicate::or);
        return new Rule(
                codes,
                node.get("class").constant(ErrorClass.class, ErrorClass.REJECTED),
                node.get("advice").text(),
                node.get("wait").present() ? node.get("wait").parsed(Duration::parse) : Optional.empty(),
                node.get("scope").present()
                        ? node.get("scope").constant(Scope.class, Scope.CONNECTION)
                        : Scope.CONNECTION);
    }

    /** A code, or a range of numbers such as {@code 200-299}. */
    private static Predicate<String> codes(String text) {
        int dash = text.indexOf('-', 1);
        if (dash < 0) {
            return text::equals;
        }
        int from = Integer.parseInt(text.substring(0, dash));
        int to = Integer.parseInt(text.substring(dash + 1));
        return code -> {
            try {
                int number = Integer.parseInt(code);
                return from <= number && number <= to;
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }

    Verdict judge(int status, AnswerBody body) {
        Map<String, @Nullable Object> context = Collections.singletonMap("body", body.value());
        Optional<String> detail = first(DETAILS, context).map(text -> cut(text, MAX_DETAIL));
        Optional<String> own = first(codePaths, context);
        String code = own.or(() -> first(CODES, context))
                .map(text -> cut(text, MAX_CODE))
                .orElse("http_" + status);
        return own.flatMap(this::matching)
                .or(() -> matching(bare(status, body)))
                .map(rule -> new Verdict(
                        rule.errorClass(),
                        code,
                        detail,
                        rule.advice(),
                        asked(context).or(rule::pause),
                        rule.scope() == Scope.CONNECTION))
                .orElseGet(() -> new Verdict(
                        StatusClass.of(status), code, detail, StatusClass.advice(status), Optional.empty(), true));
    }

    /** What the body says how long to wait. */
    private Optional<Duration> asked(Map<String, @Nullable Object> context) {
        return first(waitPaths, context)
                .filter(text -> SECONDS.matcher(text).matches())
                .flatMap(text -> RetryAfter.parse(text, Instant.EPOCH));
    }

    private Optional<Rule> matching(String code) {
        return rules.stream().filter(rule -> rule.codes().test(code)).findFirst();
    }

    /** What rules know an answer without a code by: {@code http_403}, of a page of an edge server {@code html_403}. */
    private static String bare(int status, AnswerBody body) {
        return (body.text().stripLeading().startsWith("<") ? "html_" : "http_") + status;
    }

    private static Optional<String> first(List<Path> paths, Map<String, @Nullable Object> context) {
        return paths.stream()
                .map(path -> scalar(path.resolve(context)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> scalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number
                ? Optional.of(Objects.toString(value)).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static List<Path> paths(String... texts) {
        try {
            return Stream.of(texts).map(Path::parse).toList();
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException("a path of this class is wrong", e);
        }
    }
}
