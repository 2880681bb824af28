package dev.automationengine.benchmarks.language;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Syntax;
import dev.automationengine.expressions.Template;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Places to fill in, by a path and by the interpreter, and a condition. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Map<String, Object> CONTEXT = Map.of(
            "trigger",
            Map.of("fields", Map.of("email", "joe@example.com", "age", "42")),
            "steps",
            Map.of("crm", Map.of("output", Map.of("lines", List.of(Map.of("price", 3), Map.of("price", 4))))));

    private final Template path = template("{{ trigger.fields.email }}");
    private final Template member = template("{{ $uppercase(trigger.fields.email) }}");
    private final Template sum = template("{{ $sum(steps.crm.output.lines.price) }}");
    private final Condition condition =
            Condition.parse(Map.of("field", "age", "operator", "GTE", "value", 18), Syntax.JSONATA);

    /** A plain path: the interpreter is not touched. */
    @Benchmark
    public @Nullable Object path() {
        return path.render(CONTEXT, NOW);
    }

    /** A call of one function. */
    @Benchmark
    public @Nullable Object function() {
        return member.render(CONTEXT, NOW);
    }

    /** A sum over the members of a list. */
    @Benchmark
    public @Nullable Object sumOfList() {
        return sum.render(CONTEXT, NOW);
    }

    /** A comparison with a number. */
    @Benchmark
    public boolean condition() {
        return condition.test(CONTEXT, NOW);
    }

    private static Template template(String text) {
        return Template.compile(text, Syntax.JSONATA);
    }
}
