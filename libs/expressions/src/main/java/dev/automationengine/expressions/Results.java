package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.SyntaxTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes plain, unmodifiable JSON-like data of what the interpreter gives. */
final class Results {
    private Results() {}

    static @Nullable Object plain(@Nullable Object result, Weights weights) {
        if (weights.of(result) > Limits.SIZE) {
            throw new FunctionException("a result of more than " + Limits.SIZE + " characters: make it smaller");
        }
        return copy(result);
    }

    private static @Nullable Object copy(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member)));
                yield Collections.unmodifiableMap(copy);
            }
            case Collection<?> list -> {
                Collection<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(each -> copy.add(copy(each)));
                yield Collections.unmodifiableList((ArrayList<@Nullable Object>) copy);
            }
            case Double number
            when !Double.isFinite(number) ->
                throw new FunctionException("the result is not a number that JSON can hold: was it divided by zero?");
            case null -> null;
            default -> {
                if (value == Jsonata.NULL_VALUE) {
                    yield null;
                }
                if (SyntaxTree.isFunction(value)) {
                    throw new FunctionException("the result is a function: call it, with (...)");
                }
                yield value;
            }
        };
    }
}
