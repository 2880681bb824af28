package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Map<String, Object> CONTEXT = Map.of(
            "trigger",
            Map.of(
                    "platform",
                    "fb",
                    "fields",
                    Map.of(
                            "email", "joe@example.com",
                            "age", "42",
                            "city", "Delhi",
                            "home_city", "Delhi",
                            "which car?", "Ford",
                            "when", "2026-11-23T10:00:00+05:30")),
            "steps",
            Map.of("crm", Map.of("output", Map.of("score", 7, "tags", List.of("hot", 3), "ok", true))));

    static Stream<Arguments> comparisons() {
        return Stream.of(
                Arguments.of("email", "NOT_NULL", null, true),
                Arguments.of("phone", "NOT_NULL", null, false),
                Arguments.of("phone", "IS_NULL", null, true),
                Arguments.of("email", "IS_NULL", null, false),
                Arguments.of("platform", "IS_NULL", null, true),
                Arguments.of("trigger.platform", "EQUALS", "fb", true),
                Arguments.of("which car?", "EQUALS", "Ford", true),
                Arguments.of("age", "EQUALS", 42, true),
                Arguments.of("age", "EQUALS", 42.0, true),
                Arguments.of("age", "EQUALS", "42", true),
                Arguments.of("age", "NOT_EQUALS", 43, true),
                Arguments.of("city", "EQUALS", "delhi", false),
                Arguments.of("city", "EQUALS", "{{ trigger.fields.home_city }}", true),
                Arguments.of("phone", "NOT_EQUALS", "1", true),
                Arguments.of("steps.crm.output.ok", "EQUALS", "true", true),
                Arguments.of("email", "CONTAINS", "@example", true),
                Arguments.of("steps.crm.output.tags", "CONTAINS", "hot", true),
                Arguments.of("steps.crm.output.tags", "CONTAINS", "3", true),
                Arguments.of("steps.crm.output.tags", "CONTAINS", "cold", false),
                Arguments.of("phone", "CONTAINS", "1", false),
                Arguments.of("email", "STARTS_WITH", "joe", true),
                Arguments.of("email", "ENDS_WITH", ".com", true),
                Arguments.of("email", "ENDS_WITH", ".org", false),
                Arguments.of("age", "GT", 9, true),
                Arguments.of("age", "GT", "9", true),
                Arguments.of("age", "GTE", 42, true),
                Arguments.of("age", "LT", 42, false),
                Arguments.of("age", "LTE", 42, true),
                Arguments.of("city", "GT", 1, false),
                Arguments.of("city", "LTE", 1, false),
                Arguments.of("when", "LT", "2026-11-23T05:00:00Z", true),
                Arguments.of("when", "GT", "2026-11-23T05:00:00Z", false),
                Arguments.of("age", "IN", List.of(1, 42), true),
                Arguments.of("city", "IN", List.of("Pune", "Delhi"), true),
                Arguments.of("city", "IN", List.of("Pune"), false),
                Arguments.of("email", "IS_EMAIL", null, true),
                Arguments.of("city", "IS_EMAIL", null, false));
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void a_comparison(String field, String operator, @Nullable Object value, boolean expected) {
        Map<String, @Nullable Object> json = new HashMap<>(Map.of("field", field, "operator", operator));
        if (value != null) {
            json.put("value", value);
        }

        assertThat(Condition.parse(json).test(CONTEXT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "@b.de", "a b@c.de", "a@b..de", "a@@b.de", "\"a\"@b.de", "a@b.d"})
    void what_only_looks_like_an_address_is_not_one(String text) {
        Condition isEmail = Condition.parse(Map.of("field", "email", "operator", "IS_EMAIL"));

        assertThat(isEmail.test(Map.of("trigger", Map.of("fields", Map.of("email", text)))))
                .isFalse();
    }

    @Test
    void a_bare_name_is_looked_up_in_the_payload_of_a_trigger_without_fields() {
        Condition condition = Condition.parse(Map.of("field", "body.kind", "operator", "EQUALS", "value", "order"));

        assertThat(condition.test(Map.of("trigger", Map.of("body", Map.of("kind", "order")))))
                .isTrue();
    }

    @Test
    void groups_combine() {
        Map<String, Object> yes = Map.of("field", "email", "operator", "NOT_NULL");
        Map<String, Object> no = Map.of("field", "email", "operator", "IS_NULL");

        assertThat(Condition.parse(Map.of("all", List.of(yes, no))).test(CONTEXT))
                .isFalse();
        assertThat(Condition.parse(Map.of("any", List.of(yes, no))).test(CONTEXT))
                .isTrue();
        assertThat(Condition.parse(Map.of("not", Map.of("all", List.of(yes, no))))
                        .test(CONTEXT))
                .isTrue();
    }

    @Test
    void all_findings_come_at_once() {
        Map<String, Object> json = Map.of(
                "all",
                List.of(
                        Map.of("field", "email", "operator", "LOOKS_LIKE"),
                        Map.of("field", "a[", "operator", "EQUALS"),
                        Map.of("any", List.of()),
                        Map.of("not", Map.of("field", "x", "operator", "IN", "value", 3, "extra", 1)),
                        Map.of("field", "x", "operator", "NOT_NULL", "value", 3),
                        Map.of("field", "x", "operator", "EQUALS", "value", Map.of("a", "{{ x")),
                        "text"));

        assertThatThrownBy(() -> Condition.parse(json))
                .isInstanceOfSatisfying(
                        InvalidExpressionException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::pointer)
                                .containsExactly(
                                        "/all/0/operator",
                                        "/all/1/field",
                                        "/all/1/value",
                                        "/all/2/any",
                                        "/all/3/not/extra",
                                        "/all/3/not/value",
                                        "/all/4/value",
                                        "/all/5/value/a",
                                        "/all/6"));
    }

    @Test
    void what_is_nested_too_deep_or_too_large_is_refused() {
        Map<String, Object> leaf = Map.of("field", "email", "operator", "NOT_NULL");
        Map<String, Object> deep = leaf;
        for (int i = 0; i <= Condition.MAX_DEPTH; i++) {
            deep = Map.of("not", deep);
        }
        Map<String, Object> nested = deep;

        assertThatThrownBy(() -> Condition.parse(nested)).hasMessageContaining("nested deeper");
        assertThatThrownBy(() ->
                        Condition.parse(Map.of("all", Collections.nCopies(Condition.MAX_COMPARISONS + 1, leaf))))
                .hasMessageContaining("more than 200 comparisons");
    }

    @Test
    void references_are_the_explicit_paths() {
        Condition condition = Condition.parse(Map.of(
                "all",
                List.of(
                        Map.of("field", "email", "operator", "NOT_NULL"),
                        Map.of("field", "steps.a.output.x", "operator", "EQUALS", "value", "{{ steps.b.output.y }}"))));

        assertThat(condition.references())
                .containsExactly(
                        new Reference("/all/1/field", Path.parse("steps.a.output.x")),
                        new Reference("/all/1/value", Path.parse("steps.b.output.y")));
    }
}
