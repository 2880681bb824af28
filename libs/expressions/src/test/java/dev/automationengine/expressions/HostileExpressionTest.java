package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes a workflow may be clumsy or worse: no expression takes the machine away from the others. */
class HostileExpressionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:30:00Z");
    /** The limit is 2 s; the rest is for a machine that has other things to do. */
    private static final Map<String, Object> LARGE =
            Map.of("trigger", Map.of("list", IntStream.range(0, 3_000).boxed().toList()));

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { 1 + $f($n + 1) }; $f(1))",
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "($f := function($n) { [$f($n), $f($n)] }; $f(1))",
                "($f := function($n) { {'a': 1, 'b': $f($n)} }; $f(1))",
                "[1..1e9]",
                "[1..9999999]",
                "$map([1..9000000], function($x) { $x })",
                "$sum([1..100000].[1..100000])",
                "[1..1000].[1..1000].[1..1000]",
                "($l := trigger.list; $l@$a.$l@$b.{'x': $a})",
                "($l := trigger.list; $l{$string(): $count($l[$ > 0])})",
                "($l := trigger.list; $l.($l))",
                "($l := trigger.list; $l^($sum($l)))",
                "[1..100000]{'a': $}",
                "[1..100000]{$string(): $}",
                "[[1..100000]].{'a': $}",
                "trigger.list@$a.list@$b.{'x': $a}",
                "trigger.list@$a.%.list@$b[$a = $b]",
                "($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f('aaaaaaaaaa', 60))",
                "($f := function($s, $n) { $n = 0 ? $s : $f([[$s], [$s]], $n - 1) }; $string($f(1, 60)))",
                "($f := function($s, $n) { $n = 0 ? $s : $f({'a': $s, 'b': $s}, $n - 1) }; $f(1, 50) = $f(1, 50))",
                "$pad('x', 2000000000)",
                "$pad('x', -2000000000)",
                "$join([1..9000].$string(), $pad('x', 1000))",
                "$replace($pad('', 100000, 'a'), 'a', $pad('', 1000, 'b'))",
                "$replace($pad('', 100000, 'a'), /a/, $pad('', 1000, 'b'))",
                "$formatNumber(1, $pad('', 100000, '0'))",
                "$toMillis('1111111111111111111111111111', '[Y][M][D][Y][M][D][Y][M][D][Y][M][D]x')",
                "$formatInteger(1000000000, 'I')",
                "$distinct([1..50000])",
                "$sort([1..20000], function($a, $b) { $sum([1..1000]) > 1 })",
                "$reduce([1..90000], function($a, $b) { $append($a, $b) })",
                "$parseJson($pad('', 100000, '['))",
                "($x := function($a) { $x }; $x(1))",
                "$map([1..15000], function($i) { $phone('+91987654' & $i, 'IN') })",
                "$map([1..20000], function($i) { $formatDate($i, 'EEEE dd MMMM yyyy', 'Asia/Kolkata') })",
                "1 / 0",
            })
    void is_stopped_in_time(String source) {
        Expression expression = Expression.compile(source);

        Assertions.assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> expression.evaluate(LARGE, NOW))
                        .isInstanceOf(EvaluationException.class)
                        .message()
                        .isNotBlank()
                        // What is counted stops it, so that a slow machine decides as a fast one.
                        .doesNotContain("longer than"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$match($pad('', 50000, 'a'), /(a+)+b/)",
                "$contains($pad('', 50000, 'a'), /(a|aa)*c/)",
                "$replace($pad('', 50000, 'a'), /(a*)*b/, 'x')",
                "$split($pad('', 50000, 'a'), /(.*)*=/)",
                "/(x+x+)+y/($pad('', 50000, 'x'))",
                "$pad('x', -1000000)",
                "$pad('x', 1000000, 'ab')",
            })
    void what_would_be_catastrophic_is_ordinary(String source) {
        Expression expression = Expression.compile(source);

        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            expression.evaluate(Map.of(), NOW);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/(a)\\1/",
                "/(?=a)b/",
                "/(?<!a)b/",
                "$eval('1')",
                "($__evaluate_entry := 1; 1)",
                "$nothing(1)",
                "1 +"
            })
    void what_cannot_be_held_to_limits_is_refused(String source) {
        assertThatThrownBy(() -> Expression.compile("$match(trigger.a, " + source + ")"))
                .isInstanceOf(InvalidExpressionException.class);
        assertThatThrownBy(() -> Expression.compile(source)).isInstanceOf(InvalidExpressionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{'a':", "-", "$not("})
    void a_deep_source_is_refused_or_stopped(String open) {
        String close =
                Map.of("(", ")", "[", "]", "{'a':", "}", "-", "", "$not(", ")").getOrDefault(open, "");
        int times = 4_000 / (open.length() + close.length());
        String source = open.repeat(times) + "1" + close.repeat(times);

        Assertions.assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> Expression.compile(source).evaluate(Map.of(), NOW))
                        .isInstanceOfAny(InvalidExpressionException.class, EvaluationException.class));
    }

    @Test
    void a_plain_path_is_refused_when_it_is_compiled_or_never() {
        assertThatThrownBy(() -> Template.compile("{{ trigger.__evaluate_entry.x }}", Syntax.JSONATA))
                .isInstanceOf(InvalidExpressionException.class);

        String longest = "trigger" + ".a".repeat(252);
        assertThat(Template.compile("{{ " + longest + " }}", Syntax.JSONATA)
                        .render(Map.of("trigger", List.of(Map.of("b", 1))), NOW))
                .isNull();
    }

    @Test
    void a_long_source_is_refused() {
        assertThatThrownBy(() -> Expression.compile("1" + " + 1".repeat(2_000)))
                .hasMessageContaining("at most 4096 characters");
    }

    @Test
    void data_that_share_a_list_many_times_are_not_copied_without_end() {
        Object shared = List.of(1);
        for (int i = 0; i < 60; i++) {
            shared = List.of(shared, shared);
        }
        Map<String, Object> context = Map.of("trigger", Map.of("shared", shared, "list", List.of(1, 2)));

        Assertions.assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(
                                () -> Expression.compile("trigger.list{'a': $}").evaluate(context, NOW))
                        .hasMessageContaining("too many data to group"));
    }

    @Test
    void the_thread_can_go_on_after_an_error() {
        Expression endless = Expression.compile("($f := function($n) { 1 + $f($n) }; $f(1))");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> endless.evaluate(Map.of(), NOW)).isInstanceOf(EvaluationException.class);
            assertThat(Expression.compile("$sum([1..10])").evaluate(Map.of(), NOW))
                    .isEqualTo(55);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$number(trigger.name) + 1",
                "1 + $error('no ' & trigger.name)",
                "1 + $assert(false, trigger.name)",
                "1 + trigger.name",
                "1 + $date(trigger.name)",
                "1 + $hash('x', trigger.name)",
                "1 + $parseJson(trigger.name)",
                "1 + $addDuration('2026-11-23', trigger.name)",
                "1 + $toMillis(trigger.name)",
                "1 + $formatDate($now(), 'yyyy', trigger.name)",
            })
    void an_error_names_its_place_and_no_data(String source) {
        Template template = Template.compile(Map.of("body", List.of("x", "{{ " + source + " }}")), Syntax.JSONATA);

        assertThatThrownBy(() -> template.render(Map.of("trigger", Map.of("name", "secret")), NOW))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.pointer()).isEqualTo("/body/1");
                    assertThat(e.position()).isPositive();
                    assertThat(e.getMessage()).doesNotContain("secret");
                });
    }
}
