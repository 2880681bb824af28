package dev.automationengine.expressions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.SyntaxTree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled JSONata expression. Immutable: after compilation nobody writes to the library's tree nor to its frame,
 * and every evaluation has a frame of its own, so that any number of threads may evaluate it at once.
 */
public final class Expression {
    private final String source;
    private final Jsonata compiled;
    private final List<Path> reads;
    private final Set<Symbol> groupKeys;

    private Expression(String source, Jsonata compiled, List<Path> reads, Set<Symbol> groupKeys) {
        this.groupKeys = groupKeys;
        this.source = source;
        this.compiled = compiled;
        this.reads = List.copyOf(reads);
    }

    /**
     * Compiles an expression.
     *
     * @throws InvalidExpressionException with all findings: the syntax, functions and variables that do not exist,
     *     patterns that are not of linear time, the context read as a whole, more than 4,096 characters
     */
    public static Expression compile(String source) {
        if (source.length() > Limits.SOURCE) {
            throw new InvalidExpressionException("an expression has at most " + Limits.SOURCE
                    + " characters: compute a part of it in a step before");
        }
        if (source.isBlank()) {
            throw new InvalidExpressionException(
                    "the expression is empty: name what to read, such as trigger.fields.email");
        }
        refuseHooks(source);
        Jsonata parsed = parse(source);
        ExpressionAnalysis analysis = new ExpressionAnalysis(parsed);
        return new Expression(source, parsed, analysis.reads(), analysis.groupKeys());
    }

    /**
     * The value of the expression: plain, unmodifiable JSON-like data; null if it is missing or null.
     *
     * @param now the clock of {@code $now}; null if there is none
     * @throws EvaluationException if it fails or passes a limit
     */
    public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
        Evaluation evaluation = new Evaluation(now, source.hashCode(), groupKeys);
        try {
            return evaluation.run(compiled, groupKeys.isEmpty() ? context : Copies.of(context));
        } catch (StackOverflowError e) {
            throw new EvaluationException(
                    "", evaluation.position(), "nested too deep: does a function call itself for ever?");
        } catch (JException e) {
            int position = e.getLocation() > 0 ? e.getLocation() : evaluation.position();
            throw new EvaluationException("", position, Reasons.of(e));
        } catch (RuntimeException e) {
            // The library throws what Java throws, for instance a bad cast: with these data the expression has no
            // value.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason =
                    cause instanceof JException known ? Reasons.of(known) : "cannot be evaluated with these data";
            throw new EvaluationException("", evaluation.position(), reason);
        }
    }

    /**
     * The paths that it reads from the context, without repetition. Where an expression computes what it reads, the
     * path ends before that: {@code steps[$x]} reads {@code steps}.
     */
    public List<Path> reads() {
        return reads;
    }

    @Override
    public String toString() {
        return source;
    }

    /** Refuses the names under which the library keeps the hooks that enforce our limits. */
    static void refuseHooks(String source) {
        if (source.contains("__evaluate")) {
            throw new InvalidExpressionException("names may not have __evaluate in them: rename it");
        }
    }

    private static Jsonata parse(String source) {
        try {
            Jsonata parsed = Jsonata.jsonata(source);
            parsed.setValidateInput(false);
            parsed.setOutputConvertNulls(false);
            SyntaxTree.root(parsed);
            return parsed;
        } catch (StackOverflowError e) {
            throw new InvalidExpressionException("nested too deep: make it flatter");
        } catch (JException e) {
            throw new InvalidExpressionException(
                    "not an expression at character " + Math.max(1, e.getLocation()) + ": " + Reasons.of(e));
        } catch (RuntimeException | Error e) {
            throw new InvalidExpressionException(
                    "not an expression of JSONata: look at its brackets, quotes and operators");
        }
    }
}
