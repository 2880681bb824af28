package dev.automationengine.expressions;

import dev.automationengine.expressions.Path.Segment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between two pairs of braces. */
sealed interface Placeholder {
    /** What lies there for this context. */
    @Nullable
    Object read(Map<String, ? extends @Nullable Object> context, @Nullable Instant now);

    /** The paths that it reads. */
    List<Path> reads();

    /**
     * Reads one.
     *
     * @throws InvalidExpressionException if it is neither a path nor, where this is allowed, an expression
     */
    static Placeholder parse(String source, String pointer, Syntax syntax) {
        if (syntax == Syntax.PATHS) {
            return new Plain(Path.parse(source));
        }
        try {
            return Fast.of(Path.parse(source));
        } catch (InvalidExpressionException notAPath) {
            return new Computed(Expression.compile(source), pointer);
        }
    }

    /** A path, and nothing else. */
    record Plain(Path path) implements Placeholder {
        @Override
        public @Nullable Object read(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
            return path.resolve(context);
        }

        @Override
        public List<Path> reads() {
            return List.of(path);
        }
    }

    /**
     * A path with JSONata's meaning. As long as names meet objects and indexes meet lists, both mean the same and no
     * interpreter is needed; a name that meets a list stands for the members of all its elements, and an index 0 that
     * meets something else for the thing itself: that is left to the interpreter.
     */
    final class Fast implements Placeholder {
        private final Path path;
        private final @Nullable String source;
        /** Compiled when it is needed first, which for most paths is never: a workflow may have thousands of them. */
        private volatile @Nullable Expression expression;

        private Fast(Path path) {
            this.path = path;
            this.source = jsonata(path);
        }

        static Fast of(Path path) {
            // All else that a path may be, JSONata can read: the compilation later does not fail.
            Expression.refuseHooks(path.toString());
            return new Fast(path);
        }

        @Override
        public @Nullable Object read(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
            Object current = context;
            for (Segment segment : path.segments()) {
                if (segment instanceof Segment.Key(String name) && current instanceof Map<?, ?> map) {
                    current = map.get(name);
                } else if (segment instanceof Segment.Index(int index) && current instanceof List<?> list) {
                    current = index < list.size() ? list.get(index) : null;
                } else if (segment instanceof Segment.Key && !(current instanceof List<?>)) {
                    return null;
                } else {
                    return interpreted(context, now);
                }
                if (current == null) {
                    return null;
                }
            }
            return current;
        }

        @Override
        public List<Path> reads() {
            return List.of(path);
        }

        private @Nullable Object interpreted(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
            Expression compiled = expression;
            if (compiled == null && source != null) {
                // Two threads may compile it at once; either result is right.
                compiled = Expression.compile(source);
                expression = compiled;
            }
            return compiled == null ? null : compiled.evaluate(context, now);
        }

        /** The path as JSONata writes it; null for a key that has a back-tick, which JSONata cannot write. */
        static @Nullable String jsonata(Path path) {
            StringBuilder source = new StringBuilder();
            for (Segment segment : path.segments()) {
                switch (segment) {
                    case Segment.Index(int index) ->
                        source.append('[').append(index).append(']');
                    case Segment.Key(String name) -> {
                        if (name.isEmpty() || name.indexOf('`') >= 0) {
                            return null;
                        }
                        source.append(source.isEmpty() ? "`" : ".`")
                                .append(name)
                                .append('`');
                    }
                }
            }
            return source.toString();
        }
    }

    /** An expression for the interpreter. */
    record Computed(Expression expression, String pointer) implements Placeholder {
        @Override
        public @Nullable Object read(Map<String, ? extends @Nullable Object> context, @Nullable Instant now) {
            try {
                return expression.evaluate(context, now);
            } catch (EvaluationException e) {
                throw e.at(pointer);
            }
        }

        @Override
        public List<Path> reads() {
            return expression.reads();
        }
    }
}
