package dev.automationengine.expressions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.SyntaxTree;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: its clock, its random numbers and what is left of its limits. The library calls back before and
 * after each node; functions ask for the evaluation of their thread.
 */
final class Evaluation implements Jsonata.EntryCallback, Jsonata.ExitCallback {
    private static final ThreadLocal<@Nullable Evaluation> CURRENT = new ThreadLocal<>();
    private static final int CLOCK_EVERY = 64;
    private static final int ELEMENTS_PER_UNIT = 2;
    private static final int WEIGHT_PER_UNIT = 64;
    private static final int ARGUMENT_WEIGHT_PER_UNIT = 16;
    private static final int GROUPED_PER_UNIT = 512;

    private final @Nullable Instant now;
    private final long seed;
    private final Set<Symbol> groupKeys;
    private final Weights weights = new Weights();
    private final long started = System.nanoTime();
    private @Nullable Random random;
    private long work;
    private @Nullable Symbol latest;
    private int depth;
    private int calls;
    private long grouped;

    Evaluation(@Nullable Instant now, long seed, Set<Symbol> groupKeys) {
        this.now = now;
        this.seed = seed;
        this.groupKeys = groupKeys;
    }

    static Evaluation current() {
        Evaluation current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("a function was called outside of an evaluation");
        }
        return current;
    }

    @Nullable
    Object run(Jsonata expression, Object context) {
        Frame frame = expression.createFrame();
        frame.setEvaluateEntryCallback(this);
        frame.setEvaluateExitCallback(this);
        Evaluation outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return Results.plain(expression.evaluate(context, frame), weights);
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    @Override
    public void callback(Symbol node, Object input, Frame environment) {
        latest = node;
        if (++depth > Limits.DEPTH) {
            throw refused(
                    "nested deeper than " + Limits.DEPTH + " levels: does a function call itself for ever?", node);
        }
        charge(1 + grouping(node, input), node);
    }

    /** To put an element into a group the library copies the group: work by the square of the elements. */
    private long grouping(Symbol node, @Nullable Object input) {
        if (groupKeys.contains(node)) {
            return ++grouped / GROUPED_PER_UNIT;
        }
        if (input instanceof Collection<?> list && SyntaxTree.isObject(node)) {
            long elements = list.size();
            return elements * elements / (2 * GROUPED_PER_UNIT);
        }
        return 0;
    }

    @Override
    public void callback(Symbol node, Object input, Frame environment, @Nullable Object result) {
        depth--;
        if (result == null) {
            return;
        }
        if (SyntaxTree.type(node).equals("name")) {
            // A part of the context, which nobody needs to weigh; but the path goes through its elements, and a join
            // (@) does so without calling back.
            charge(result instanceof Collection<?> list ? list.size() / ELEMENTS_PER_UNIT : 0, node);
            return;
        }
        if (result instanceof String text) {
            size(text.length(), node);
            charge(text.length() / WEIGHT_PER_UNIT, node);
        } else if (result instanceof Collection || result instanceof java.util.Map) {
            long weight = weights.of(result);
            size(weight, node);
            int elements = result instanceof Collection<?> list ? list.size() : 0;
            charge(elements / ELEMENTS_PER_UNIT + weight / WEIGHT_PER_UNIT, node);
        }
    }

    /** Up to where the node ends that was begun last, counted from 1; 0 before the first. */
    int position() {
        Symbol node = latest;
        return node == null ? 0 : Math.max(0, SyntaxTree.position(node));
    }

    /** To be called by every function with what it was given, before it works on it. */
    void arguments(List<?> arguments) {
        long weight = 0;
        for (Object argument : arguments) {
            weight += weights.of(argument);
        }
        size(weight, null);
        charge(weight / ARGUMENT_WEIGHT_PER_UNIT, null);
    }

    /** To be called by a function that takes long whatever it is given, with about the microseconds that it takes. */
    void work(int units) {
        charge(units, null);
    }

    /** To be called by a function that is about to make a text of this length. */
    void size(long weight, @Nullable Symbol node) {
        if (weight > Limits.SIZE) {
            throw refused("a value of more than " + Limits.SIZE + " characters: make it smaller", node);
        }
    }

    Instant now() {
        if (now == null) {
            throw new FunctionException("there is no clock here");
        }
        return now;
    }

    /** The same numbers in the same order, for the same clock and expression. */
    Random random() {
        Random known = random;
        if (known == null) {
            known = new Random(seed ^ (now == null ? 0 : now.toEpochMilli()));
            random = known;
        }
        return known;
    }

    private void charge(long units, @Nullable Symbol node) {
        work += units;
        if (work > Limits.WORK) {
            throw refused("takes too much work: make it simpler, or the lists shorter", node);
        }
        if (++calls % CLOCK_EVERY == 0 && System.nanoTime() - started > Limits.TIME.toNanos()) {
            throw refused("takes longer than " + Limits.TIME.toSeconds() + " s: make it simpler", node);
        }
    }

    private static JException refused(String reason, @Nullable Symbol node) {
        return new JException(reason, node == null ? -1 : SyntaxTree.position(node));
    }
}
