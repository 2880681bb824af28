package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.execution.ConformanceCase.Expected;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example of docs/workflow-language.md and every file of src/test/resources/conformance does what it says. */
class ConformanceTest {
    private static final Path DOCS = Path.of("../docs/workflow-language.md");
    private static final Path FILES = Path.of("src/test/resources/conformance");
    private static final Pattern HEADING_OR_EXAMPLE =
            Pattern.compile("(?m)^## ([^\\n]*)$|```json example\\n([\\s\\S]*?)```");

    private final JsonMapper json = new JsonMapper();

    @TestFactory
    List<DynamicTest> the_examples_of_the_documentation() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String section = "";
        Matcher matcher = HEADING_OR_EXAMPLE.matcher(Files.readString(DOCS));
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                section = matcher.group(1);
            } else {
                String example = matcher.group(2);
                tests.add(DynamicTest.dynamicTest(section + " " + tests.size(), () -> check(example)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(8);
        return tests;
    }

    @TestFactory
    List<DynamicTest> the_files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted()
                    .map(file ->
                            DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(Files.readString(file))))
                    .toList();
        }
    }

    private void check(String document) {
        ConformanceCase each = json.readValue(document, ConformanceCase.class);
        ConformanceRun run = new ConformanceRun(each, json);
        Execution execution = run.run();
        Expected expected = each.expect();

        if (expected.steps() != null) {
            Map<String, String> steps = new LinkedHashMap<>();
            execution.steps().forEach((id, state) -> steps.put(id.value(), Names.of(state.status())));
            assertThat(steps).isEqualTo(expected.steps());
        }
        if (expected.status() != null) {
            assertThat(execution.status().name().toLowerCase(Locale.ROOT)).isEqualTo(expected.status());
        }
        every(
                expected.inputs(),
                execution,
                (state, input) -> assertThat(json.<JsonNode>valueToTree(
                                Objects.requireNonNull(state.work()).input()))
                        .isEqualTo(input));
        every(
                expected.outputs(),
                execution,
                (state, output) ->
                        assertThat(json.<JsonNode>valueToTree(state.output())).isEqualTo(output));
        every(
                expected.errors(),
                execution,
                (state, message) -> assertThat(state.failure())
                        .extracting(StepError::message)
                        .isEqualTo(message));
        every(
                expected.due(),
                execution,
                (state, due) -> assertThat(state.nextAttemptAt()).isEqualTo(due));
        if (expected.dead_letters() != null) {
            assertThat(run.deadLetters()).isEqualTo(expected.dead_letters());
        }
    }

    private static <T> void every(
            @Nullable Map<String, T> expected, Execution execution, BiConsumer<StepState, T> check) {
        if (expected != null) {
            expected.forEach((step, value) -> check.accept(execution.step(new StepId(step)), value));
        }
    }
}
