package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked // jqwik's types cannot say that a value may be null.
class ExpressionPropertyTest {
    private static final List<String> NAMES = List.of("trigger", "steps", "fields", "a", "b");
    private static final Template TEMPLATE = Template.compile(Map.of(
            "text", "x {{ trigger.fields.a }} y {{ steps['a'][0].b }} {{ trigger }} {{ steps[1] }}",
            "value", "{{ trigger.fields }}",
            "list", List.of("{{ steps }}", "{{ a[0][0] }}")));

    @Property
    void rendering_never_throws(@ForAll("contexts") Map<String, Object> context) {
        assertThat(TEMPLATE.render(context)).isInstanceOfSatisfying(Map.class, rendered -> {
            assertThat(rendered).hasSize(3);
            assertThat(rendered.get("text")).isInstanceOf(String.class);
        });
    }

    @Property
    void a_condition_and_its_negation_never_agree_nor_throw(
            @ForAll("contexts") Map<String, Object> context,
            @ForAll Operator operator,
            @ForAll("values") Object value) {
        Condition condition = new Condition.Comparison(
                Field.parse("trigger.fields.a"), operator, Template.compile(List.of("{{ a }}")));
        Condition other = new Condition.Comparison(Field.parse("a"), operator, constant(value));

        assertThat(new Condition.Not(condition).test(context)).isNotEqualTo(condition.test(context));
        assertThat(new Condition.Not(other).test(context)).isNotEqualTo(other.test(context));
    }

    @Property
    void plain_data_is_unchanged(@ForAll("values") Object plain) {
        assertThat(constant(plain).render(Map.of("trigger", 1))).isEqualTo(plain);
    }

    @Property
    void any_key_can_be_reached(@ForAll String key) {
        Path path = new Path(List.of(new Path.Segment.Key("trigger"), new Path.Segment.Key(key)));

        assertThat(Path.parse(path.toString())).isEqualTo(path);
        assertThat(Template.compile("{{ " + path + " }}").render(Map.of("trigger", Map.of(key, 1))))
                .isEqualTo(1);
    }

    private static Template constant(Object value) {
        return Template.compile(value);
    }

    @Provide
    Arbitrary<Map<String, Object>> contexts() {
        return Arbitraries.maps(Arbitraries.of(NAMES), values()).ofMaxSize(4).map(HashMap::new);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().filter(text -> !text.contains("{{")).map(text -> (Object) text),
                () -> Arbitraries.integers().map(number -> (Object) number),
                () -> Arbitraries.doubles().map(number -> (Object) number),
                () -> Arbitraries.bigDecimals().map(number -> (Object) number),
                () -> Arbitraries.of(true, false).map(bool -> (Object) bool),
                () -> Arbitraries.just(null),
                () -> values().list().ofMaxSize(3).map(list -> (Object) list),
                () -> Arbitraries.maps(Arbitraries.of(NAMES), values())
                        .ofMaxSize(3)
                        .map(map -> (Object) map));
    }
}
