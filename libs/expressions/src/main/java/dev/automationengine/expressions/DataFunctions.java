package dev.automationengine.expressions;

import com.dashjoin.jsonata.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions on data: defaults, look-ups in a list, JSON in text. */
final class DataFunctions {
    private DataFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function("default", 2, 2, given -> orElse(given.get(0), given.get(1))),
                new Function("find", 3, 3, given -> find(given.get(0), given.get(1), given.get(2))),
                new Function("parseJson", 1, 1, given -> parse(given.getFirst())),
                new Function(
                        "toJson", 1, 1, given -> JsonText.json(given.getFirst(), Template.MAX_RENDERED_CHARACTERS)),
                new Function(
                        "random", 0, 0, given -> Evaluation.current().random().nextDouble()),
                new Function("shuffle", 1, 1, given -> shuffle(given.getFirst())));
    }

    /** An empty text counts as missing: that is how forms leave a question unanswered. */
    private static @Nullable Object orElse(@Nullable Object value, @Nullable Object fallback) {
        return value == null || value instanceof String text && text.isBlank() ? fallback : value;
    }

    private static @Nullable Object find(@Nullable Object list, @Nullable Object key, @Nullable Object value) {
        List<?> elements = list instanceof List<?> many ? many : list == null ? List.of() : List.of(list);
        for (Object each : elements) {
            if (each instanceof Map<?, ?> map && key != null && Comparisons.same(map.get(key), value)) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable Object parse(@Nullable Object text) {
        if (!(text instanceof String json)) {
            return text;
        }
        try {
            return Json.parseJson(json);
        } catch (RuntimeException e) {
            throw new FunctionException("$parseJson was given a text that is not JSON");
        }
    }

    private static @Nullable Object shuffle(@Nullable Object list) {
        if (!(list instanceof List<?> many)) {
            return list;
        }
        List<@Nullable Object> shuffled = new java.util.ArrayList<>(many);
        java.util.Collections.shuffle(shuffled, Evaluation.current().random());
        return shuffled;
    }
}
