package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trigger.fields.email & '!'|trigger.fields.email",
                "$uppercase(steps.a.output.x) & steps.b.output.y|steps.a.output.x steps.b.output.y",
                "steps.a.output.items[price > 3].name|steps.a.output.items.name",
                "steps.a.output.items[price > $$.steps.b.output.limit]|steps.a.output.items steps.b.output.limit",
                "$map(steps.a.output.items, function($i) { $i.name & trigger.x })|steps.a.output.items trigger.x",
                "steps[$x := 'a'].output|steps.output",
                "steps.*.output|steps",
                "$lookup(steps, 'a')|steps",
                "($s := steps; $s.a.output)|steps",
                "{'a': trigger.a, 'b': [trigger.b, steps.c.output]}|trigger.a trigger.b steps.c.output",
                "trigger.a ? steps.a.output : steps.b.output|trigger.a steps.a.output steps.b.output",
                "trigger.items{name: $sum(price)}|trigger.items",
                "trigger.items^(>price).name|trigger.items",
                "trigger.name ~> $uppercase|trigger.name",
                "(trigger; steps.z.output)|trigger steps.z.output",
                "trigger.list.(a + $$.steps.q.output)|trigger.list steps.q.output",
                "-trigger.n + 3|trigger.n",
                "trigger.a in steps.b.output.list and $not(trigger.c)|trigger.a steps.b.output.list trigger.c",
            })
    void says_what_it_reads(String source, String reads) {
        List<String> expected = List.of(reads.split(" "));

        assertThat(Expression.compile(source).reads())
                .extracting(Path::toString)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$", "$$", "*", "**.email", "$string($$)", "$lookup($, 'steps')", "$$.*", "($x := $$; $x.steps)"
            })
    void what_reads_the_context_as_a_whole_is_refused(String source) {
        assertThatThrownBy(() -> Expression.compile(source)).hasMessageContaining("context as a whole");
    }

    @Test
    void a_whole_expression_keeps_its_type_and_one_in_text_becomes_text() {
        Map<String, Object> context =
                Map.of("trigger", Map.of("a", 2, "list", List.of(Map.of("n", 1), Map.of("n", 2))));
        Template template = Template.compile(
                Map.of(
                        "sum", "{{ trigger.a + 3 }}",
                        "list", "{{ trigger.list.n }}",
                        "object", "{{ {'x': {'y': trigger.a}} }}",
                        "text", "sum: {{ trigger.a + 3 }}, {{ 'a}}b' }}"),
                Syntax.JSONATA);

        assertThat(template.render(context, NOW))
                .isEqualTo(Map.of(
                        "sum",
                        5,
                        "list",
                        List.of(1, 2),
                        "object",
                        Map.of("x", Map.of("y", 2)),
                        "text",
                        "sum: 5, a}}b"));
    }

    @Test
    void the_same_clock_gives_the_same_result() {
        Expression expression = Expression.compile("[$now(), $millis(), $random(), $shuffle([1..20])]");

        Object first = expression.evaluate(Map.of(), NOW);

        assertThat(expression.evaluate(Map.of(), NOW)).isEqualTo(first);
        assertThat(first)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .startsWith("2026-11-23T04:30:00Z", 1795408200000L);
        assertThat(expression.evaluate(Map.of(), NOW.plusMillis(1))).isNotEqualTo(first);
        assertThatThrownBy(() -> Expression.compile("$now()").evaluate(Map.of(), null))
                .hasMessageContaining("no clock");
    }

    @Test
    void many_threads_share_one_compiled_expression() throws Exception {
        Expression expression = Expression.compile(
                "$sum($map(trigger.list, function($x) { $x * trigger.factor })) & $join(trigger.list.$string(), '-')");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                int factor = task;
                answers.add(threads.submit(() -> IntStream.range(0, 50).allMatch(i -> {
                    Object value = expression.evaluate(
                            Map.of("trigger", Map.of("list", List.of(1, 2, i), "factor", factor)), NOW);
                    return (factor * (3 + i) + "1-2-" + i).equals(value);
                })));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void an_evaluation_leaves_its_context_as_it_was() {
        Map<String, Object> trigger = new java.util.HashMap<>(
                Map.of("list", new ArrayList<>(), "o", new java.util.HashMap<>(Map.of("a", 1))));
        for (String source : List.of(
                "trigger.list{'a': $}",
                "trigger.list.{'a': 1}",
                "trigger ~> |o|{'a': 2}|",
                "$append(trigger.list, 3)",
                "{'a': trigger.list}")) {
            Object before = Map.of("list", List.of(), "o", Map.of("a", 1));
            Expression.compile(source).evaluate(Map.of("trigger", trigger), NOW);
            assertThat(trigger).as(source).isEqualTo(before);
        }
    }

    @Test
    void findings_of_a_template_come_all_at_once_with_pointer() {
        assertThatThrownBy(() ->
                        Template.compile(List.of("{{ 1 + }}", "{{ $upper('a') }}", "{{ /(?=a)/ }}"), Syntax.JSONATA))
                .isInstanceOfSatisfying(
                        InvalidExpressionException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::pointer)
                                .containsExactly("/0", "/1", "/2"));
    }
}
