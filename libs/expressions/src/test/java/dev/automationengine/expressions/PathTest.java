package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "trigger",
                "trigger.fields.email",
                "steps.step_2.output.id",
                "trigger.answers['which_car?'][0]",
                "trigger['it\\'s']['back\\\\slash']",
                "trigger.fields.prénom",
                "steps.step-1.output"
            })
    void a_path_is_written_as_it_is_read(String text) {
        assertThat(Path.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a.",
                ".a",
                "a[",
                "a[]",
                "a[-1]",
                "a['x",
                "a['x'",
                "a[1234567]",
                "a b",
                "$a",
                "a.{b}"
            })
    void what_is_not_a_path_is_refused(String text) {
        assertThatThrownBy(() -> Path.parse(text)).isInstanceOf(InvalidExpressionException.class);
    }

    @Test
    void a_way_that_ends_early_leads_to_nothing() {
        Map<String, Object> context = Map.of("a", List.of(Map.of("b", 1)));

        assertThat(Path.parse("a[0].b").resolve(context)).isEqualTo(1);
        assertThat(Path.parse("a[0].b.c").resolve(context)).isNull();
        assertThat(Path.parse("a.b").resolve(context)).isNull();
        assertThat(Path.parse("a[1]").resolve(context)).isNull();
        assertThat(Path.parse("a").resolve(null)).isNull();
    }
}
