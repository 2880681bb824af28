package dev.automationengine.dispatcher.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.Seed;
import dev.automationengine.expressions.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps that can never start. In the table every step is {@code id<needs}, behind {@code &} if all of its needs have to be
 * passed and behind {@code |} if one is enough; {@code id!target} names where its failure leads. {@code way} is a branch
 * with the ways a, b and else, {@code ask} an approval.
 */
class UnreachableStepsTest {
    private final WorkflowParser parser = new WorkflowParser(ActionCatalog.load());

    @ParameterizedTest
    @CsvSource({
        "way; x<way.a&way.b, x",
        "way; x<way.a; y<way.b; z<x&y, z",
        "way; x<way.a; y<way.else; z<x&y; after<z, z",
        "way; x<way.a; y<x; z<y&way.b, z",
        "ask; x<ask.approved; y<ask.rejected; z<x&y, z",
        "way; x<way.a; y<way.b; u<x|y; v<way.else; z<u&v, z",
        "x!mend; mend; z<x&mend, z",
        "x!mend; mend; y<mend; z<x&y, z",
        "x!mend; mend; q<x; r<mend; z<q|r; w<z&q&r, w",
    })
    void a_step_behind_two_ways_is_found(String steps, String found) {
        assertThat(findings(steps)).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.pointer()).endsWith("/depends_on");
            assertThat(finding.reason()).startsWith(found + " can never start: ");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "way; x<way.a; y<way.b; z<x|y",
        "way; x<way.a; y<way.b; u<x|y; z<u&x",
        "way; x<way.a; y<way.a; z<x&y",
        "way; x<way.a; z<x&way",
        "x!mend; y!mend; mend; z<x&mend",
        "x!mend; mend; z<x|mend",
        "way; ask<way.a; x<ask.approved; y<way.a; z<x&y",
    })
    void a_step_that_can_start_is_left_alone(String steps) {
        assertThat(findings(steps)).isEmpty();
    }

    /** Every step depends on every way before it: what a hostile author would send. */
    @Test
    void the_most_entangled_workflow_is_looked_through_in_a_moment() {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        List<String> ways = new ArrayList<>();
        for (int i = 0; i < WorkflowParser.MAX_STEPS; i++) {
            Map<String, @Nullable Object> step = new LinkedHashMap<>(step(i % 2 == 0 ? "way" : "plain"));
            step.put("id", "s" + i);
            step.put("depends_on", List.copyOf(ways));
            steps.add(step);
            ways.add(i % 2 == 0 ? "s" + i + ".a" : "s" + i);
        }

        Map<String, Object> document = Map.of("name", "x", "trigger", Map.of("type", "MANUAL"), "steps", steps);
        Definition parsed = assertTimeout(Duration.ofSeconds(2), () -> parser.parse(document));
        assertThat(parsed.steps()).hasSize(WorkflowParser.MAX_STEPS);
    }

    private List<Finding> findings(String steps) {
        List<Map<String, @Nullable Object>> list = List.of(steps.split(";")).stream()
                .map(each -> step(each.strip()))
                .toList();
        try {
            parser.parse(Map.of("name", "x", "trigger", Map.of("type", "MANUAL"), "steps", list));
            return List.of();
        } catch (InvalidDefinitionException e) {
            return e.findings();
        }
    }

    private static Map<String, @Nullable Object> step(String text) {
        String[] parts = text.split("<");
        String[] named = parts[0].split("!");
        String condition = "\"condition\": {\"field\": \"trigger.x\", \"operator\": \"NOT_NULL\"}";
        String body = switch (named[0]) {
            case "way" ->
                "\"type\": \"BRANCH\", \"branches\": [{\"name\": \"a\", " + condition + "}, {\"name\": \"b\", "
                        + condition + "}]";
            case "ask" -> "\"type\": \"APPROVAL\", \"message\": \"Well?\", \"timeout\": \"PT1H\"";
            default -> "\"type\": \"TRANSFORM\", \"output\": {\"x\": 1}";
        };
        Map<String, @Nullable Object> step = new LinkedHashMap<>(Seed.read("{" + body + "}"));
        step.put("id", named[0]);
        if (named.length > 1) {
            step.put("on_error", Map.of("go_to", named[1]));
        }
        if (parts.length > 1) {
            step.put("depends_on", List.of(parts[1].split("[&|]")));
            step.put("join", parts[1].contains("|") ? "any" : "all");
        }
        return step;
    }
}
