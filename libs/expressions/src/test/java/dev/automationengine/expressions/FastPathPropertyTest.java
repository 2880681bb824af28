package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullUnmarked;

/** A path without the interpreter gives what the interpreter would give. */
@NullUnmarked // jqwik's types cannot say that a value may be null.
class FastPathPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "which car?");

    @Property(tries = 3000)
    void a_plain_path_means_the_same_as_in_jsonata(
            @ForAll("paths") Path path, @ForAll("objects") Map<String, Object> context) {
        Object interpreted = Expression.compile(Placeholder.Fast.jsonata(path)).evaluate(context, null);

        assertThat(Template.compile("{{ " + path + " }}", Syntax.JSONATA).render(context))
                .isEqualTo(interpreted);
    }

    @Provide
    Arbitrary<Path> paths() {
        Arbitrary<Path.Segment> key = Arbitraries.of(NAMES).map(Path.Segment.Key::new);
        Arbitrary<Path.Segment> first = Arbitraries.of("a", "b").map(Path.Segment.Key::new);
        Arbitrary<Path.Segment> index = Arbitraries.integers().between(0, 2).map(Path.Segment.Index::new);
        return net.jqwik.api.Combinators.combine(
                        first, Arbitraries.oneOf(key, key, index).list().ofMaxSize(4))
                .as((start, rest) ->
                        new Path(java.util.stream.Stream.concat(java.util.stream.Stream.of(start), rest.stream())
                                .toList()));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return objects(3);
    }

    private static Arbitrary<Map<String, Object>> objects(int depth) {
        return Arbitraries.maps(Arbitraries.of(NAMES), values(depth))
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> text = Arbitraries.of("x", "", "y").map(each -> each);
        Arbitrary<Object> number = Arbitraries.of(1, 2.5, 0, true, false).map(each -> each);
        if (depth == 0) {
            return Arbitraries.oneOf(text, number);
        }
        Arbitrary<Object> lists = values(depth - 1).list().ofMaxSize(3).map(each -> each);
        Arbitrary<Object> maps = objects(depth - 1).map(each -> each);
        return Arbitraries.oneOf(text, number, lists, maps);
    }
}
