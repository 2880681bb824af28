package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.SyntaxTree;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every function that an expression may call: JSONata's own, made safe, and ours. */
final class FunctionLibrary {
    /** Would run a text that nobody has looked at: neither its references nor its patterns. */
    static final String EVAL = "eval";

    private static final int MAX_DISTINCT = 10_000;
    private static final Map<String, Function> ALL = all();

    private FunctionLibrary() {}

    /** The function of this name, without {@code $}; null if there is none. */
    static @Nullable Function named(String name) {
        return ALL.get(name);
    }

    private static Map<String, Function> all() {
        Map<String, Function> all = SyntaxTree.builtIns().stream()
                .filter(name -> !name.equals(EVAL))
                .map(name -> builtIn(name, UnaryOperator.identity()))
                .collect(Collectors.toMap(Function::name, each -> each));
        guarded().forEach(each -> all.put(each.name(), each));
        Stream.of(TextFunctions.all(), TimeFunctions.all(), DataFunctions.all())
                .flatMap(List::stream)
                .forEach(each -> all.put(each.name(), each));
        return Map.copyOf(all);
    }

    /** The library's functions whose result or time may be out of proportion to what they are given. */
    private static Stream<Function> guarded() {
        return Stream.of(
                builtIn("join", given -> {
                    long separators = given.getFirst() instanceof List<?> list ? list.size() : 0;
                    Evaluation.current().size(separators * text(given, 1).length(), null);
                    return given;
                }),
                builtIn("distinct", given -> {
                    if (given.getFirst() instanceof List<?> list && list.size() > MAX_DISTINCT) {
                        throw new FunctionException("$distinct takes at most " + MAX_DISTINCT + " elements");
                    }
                    return given;
                }),
                builtIn("formatNumber", FunctionLibrary::shortPicture),
                builtIn("formatInteger", FunctionLibrary::shortPicture),
                builtIn("parseInteger", FunctionLibrary::shortPicture),
                builtIn("fromMillis", FunctionLibrary::shortPicture),
                builtIn("toMillis", given -> {
                    if (given.size() > 1 && given.get(1) != null) {
                        throw new FunctionException("$toMillis takes no picture here: use $date(text, zone, pattern)");
                    }
                    return shortPicture(given);
                }));
    }

    private static List<@Nullable Object> shortPicture(List<@Nullable Object> given) {
        for (Object each : given) {
            if (each instanceof String text && text.length() > Limits.PICTURE) {
                throw new FunctionException("a picture has at most " + Limits.PICTURE + " characters");
            }
        }
        return given;
    }

    private static Function builtIn(String name, UnaryOperator<List<@Nullable Object>> check) {
        Jsonata.JFunction function = SyntaxTree.builtIn(name);
        return new Function(name, function, given -> function.call(null, check.apply(given)));
    }

    private static String text(List<@Nullable Object> given, int place) {
        return place < given.size() && given.get(place) instanceof String text ? text : "";
    }
}
