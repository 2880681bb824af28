package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, Object> CONTEXT = Map.of(
            "trigger",
            Map.of(
                    "fields", Map.of("email", "joe@example.com", "age", 42),
                    "answers", Map.of("which_car?", List.of("Honda", "Ford")),
                    "is_organic", true),
            "steps",
            Map.of("step_2", Map.of("output", Map.of("id", "c-1", "tags", List.of(1, "two")))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ trigger.fields.email }}|joe@example.com",
                "{{trigger.fields.email}}|joe@example.com",
                "Hello {{ trigger.fields.email }}!|Hello joe@example.com!",
                "{{ trigger.answers['which_car?'][1] }} it is|Ford it is",
                "{{ trigger.answers[\"which_car?\"][0] }}|Honda",
                "<{{ trigger.fields.nothing }}>|<>",
                "<{{ trigger.answers['which_car?'][7] }}>|<>",
                "age {{ trigger.fields.age }}, organic {{ trigger.is_organic }}|age 42, organic true",
                "tags: {{ steps.step_2.output.tags }}|tags: [1,\"two\"]",
                "literal \\{{ trigger.fields.email }}|literal {{ trigger.fields.email }}",
                "}} alone|}} alone",
            })
    void a_text_is_filled_in(String source, String expected) {
        assertThat(Template.compile(source).render(CONTEXT)).isEqualTo(expected);
    }

    @Test
    void one_whole_placeholder_keeps_the_type_of_the_value() {
        Template template = Template.compile(Map.of(
                "age",
                "{{ trigger.fields.age }}",
                "organic",
                "{{ trigger.is_organic }}",
                "tags",
                List.of("{{ steps.step_2.output.tags }}"),
                "count",
                3));

        assertThat(template.render(CONTEXT))
                .isEqualTo(Map.of("age", 42, "organic", true, "tags", List.of(List.of(1, "two")), "count", 3));
    }

    @Test
    void a_missing_value_is_null() {
        Map<String, @Nullable Object> expected = new HashMap<>();
        expected.put("name", null);

        assertThat(Template.compile(Map.of("name", "{{ trigger.fields.full_name }}"))
                        .render(CONTEXT))
                .isEqualTo(expected);
    }

    @Test
    void numbers_in_text_are_written_out() {
        Template template = Template.compile("{{ a }} {{ b }} {{ c }}");

        assertThat(template.render(Map.of("a", 1.0E7, "b", new BigDecimal("1E+999999"), "c", Double.NaN)))
                .isEqualTo("10000000 1E+999999 ");
    }

    @Test
    void all_findings_come_at_once_with_pointer_and_position() {
        Map<String, Object> source = Map.of(
                "body",
                Map.of("a/b", List.of("fine", "text {{ trigger.fields.email", "{{ trigger..x }}", "{{ sum(1) }}")));

        assertThatThrownBy(() -> Template.compile(source))
                .isInstanceOfSatisfying(
                        InvalidExpressionException.class,
                        e -> assertThat(e.findings())
                                .containsExactly(
                                        new Finding(
                                                "/body/a~1b/1",
                                                "the {{ at character 6 is never closed: add }}, or write \\{{"),
                                        new Finding(
                                                "/body/a~1b/2",
                                                "in the {{ at character 1: 'trigger..x' is not a path: a name (other keys go"
                                                        + " into brackets: ['which car?']) expected at character 9, not '.'"),
                                        new Finding(
                                                "/body/a~1b/3",
                                                "in the {{ at character 1: 'sum(1)' is not a path: '.' or '[' expected at"
                                                        + " character 4, not '('")));
    }

    @Test
    void what_is_nested_too_deep_or_too_large_is_refused() {
        Object deep = "x";
        for (int i = 0; i <= Template.MAX_DEPTH; i++) {
            deep = List.of(deep);
        }
        Object nested = deep;

        assertThatThrownBy(() -> Template.compile(nested)).hasMessageContaining("nested deeper than 16 levels");
        assertThatThrownBy(() -> Template.compile(Collections.nCopies(Template.MAX_NODES, "x")))
                .hasMessageContaining("more than 2000 values");
        assertThatThrownBy(() -> Template.compile("x".repeat(Template.MAX_CHARACTERS + 1)))
                .hasMessageContaining("more than 131072 characters");
    }

    @Test
    void a_small_template_cannot_blow_up_a_large_context() {
        Template template = Template.compile(Collections.nCopies(100, "a {{ big }}"));
        String big = "b".repeat(Template.MAX_RENDERED_CHARACTERS / 2);

        List<?> rendered = (List<?>) template.render(Map.of("big", big));

        assertThat(rendered).isNotNull().hasSize(100);
        assertThat(rendered.stream().mapToInt(text -> text.toString().length()).sum())
                .isEqualTo(Template.MAX_RENDERED_CHARACTERS + 200);
    }

    @Test
    void references_say_what_is_read_and_where() {
        Template template = Template.compile(Map.of("to", List.of("a", "{{ steps.step_2.output.id }}")));

        assertThat(template.references()).containsExactly(new Reference("/to/1", Path.parse("steps.step_2.output.id")));
    }

    @Test
    void braces_inside_a_quoted_key_do_not_close_the_placeholder() {
        assertThat(Template.compile("{{ trigger['a}}b'] }}").render(Map.of("trigger", Map.of("a}}b", 1))))
                .isEqualTo(1);
    }
}
