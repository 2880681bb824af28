package dev.automationengine.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of docs/workflow-language.md. */
class WorkflowLanguageTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:30:00Z");
    private static final String DOCUMENT = document();
    private static final List<String> BLOCKS = Pattern.compile("(?s)```json\n(.*?)```")
            .matcher(DOCUMENT)
            .results()
            .map(found -> found.group(1))
            .toList();

    static Stream<Map<String, Object>> examples() {
        return BLOCKS.stream()
                .skip(1)
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .map(WorkflowLanguageTest::object);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_of_the_document(Map<String, Object> example) {
        Map<String, Object> context =
                object(Objects.requireNonNull(object(BLOCKS.getFirst()).get("context")));
        Object result = example.containsKey("condition")
                ? (Object) Condition.parse(example.get("condition"), Syntax.JSONATA)
                        .test(context, NOW)
                : Template.compile(example.get("expression"), Syntax.JSONATA).render(context, NOW);

        assertThat(JsonText.json(result, 10_000)).isEqualTo(JsonText.json(example.get("result"), 10_000));
    }

    @Test
    void every_operator_and_helper_has_an_example() {
        List<String> examples = examples().map(Object::toString).toList();

        assertThat(Operator.values())
                .allSatisfy(each -> assertThat(examples).anyMatch(text -> text.contains("operator=" + each)));
        assertThat(Stream.of(TextFunctions.all(), TimeFunctions.all(), DataFunctions.all())
                        .flatMap(List::stream)
                        .map(Function::name)
                        .filter(name -> !List.of("match", "contains", "split", "random", "shuffle")
                                .contains(name)))
                .allSatisfy(name -> assertThat(examples).anyMatch(text -> text.contains("$" + name + "(")));
        assertThat(Arrays.stream(Operator.values()).map(Operator::name))
                .allSatisfy(name -> assertThat(DOCUMENT).contains(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) (json instanceof String text ? Json.parseJson(text) : json);
    }

    private static String document() {
        try {
            return Files.readString(java.nio.file.Path.of(
                    Objects.requireNonNull(System.getProperty("engine.root")), "docs", "workflow-language.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
