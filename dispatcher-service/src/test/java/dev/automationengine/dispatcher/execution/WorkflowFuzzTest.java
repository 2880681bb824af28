package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.InvalidDefinitionException;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.expressions.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Workflows that were good until somebody edited them badly: parts are removed, swapped with parts of other workflows, or
 * replaced by what breaks readers. Each is refused with findings or can be run, and neither takes long.
 */
class WorkflowFuzzTest {
    private static final Path FILES = Path.of("src/test/resources/conformance");
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final String ACCEPTED = "accepted";
    private static final int MOST_EDITS = 2;
    private static final WorkflowParser PARSER = new WorkflowParser(ActionCatalog.load());
    private static final List<Map<String, Object>> GOOD = good();
    private static final List<Object> BAD = List.of(
            "",
            "\u0000",
            "\ud800",
            "$where",
            "a.b",
            "{{",
            "{{ }}",
            "{{ (((((((((((((((((((( }}",
            "{{ $x := function($n){ $x($n) }; $x(1) }}",
            "{{ [1..10000000] }}",
            "{{ steps.a.output }} {{ trigger }}",
            "(a+)+$",
            "P999999999D",
            "PT-1S",
            "9".repeat(400),
            -1,
            0,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            1e308,
            true,
            List.of(),
            Map.of(),
            List.of(List.of(List.of())),
            Map.of("", Map.of("\u0000", List.of())));

    @Property(tries = 10_000)
    void an_edited_workflow_is_refused_with_findings_or_can_be_run(@ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Object> document = edited(random);
        long start = System.nanoTime();
        try {
            Definition definition = PARSER.parse(document);
            Advanced begun =
                    Advance.start(Runs.pending(definition, Map.of("body", part(random))), definition, Runs.NOW);
            assertThat(begun.next().steps()).hasSameSizeAs(definition.steps());
            Statistics.collect(ACCEPTED);
        } catch (InvalidDefinitionException e) {
            assertThat(e.findings()).isNotEmpty().allSatisfy(WorkflowFuzzTest::isTold);
            Statistics.collect("refused");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        Statistics.coverage(coverage -> coverage.check(ACCEPTED).percentage(share -> share > 5 && share < 95));
    }

    private static void isTold(Finding finding) {
        assertThat(finding.pointer())
                .satisfiesAnyOf(
                        pointer -> assertThat(pointer).isEmpty(),
                        pointer -> assertThat(pointer).startsWith("/"));
        assertThat(finding.reason()).isNotBlank();
    }

    private static Map<String, Object> edited(Random random) {
        Map<String, Object> document = copy(GOOD.get(random.nextInt(GOOD.size())));
        int edits = random.nextInt(1, MOST_EDITS + 1);
        for (int i = 0; i < edits; i++) {
            List<Runnable> places = new ArrayList<>();
            places(document, random, places);
            if (places.isEmpty()) {
                break;
            }
            places.get(random.nextInt(places.size())).run();
        }
        return document;
    }

    /** Every member and item is a place for one edit. */
    @SuppressWarnings("unchecked")
    private static void places(@Nullable Object part, Random random, List<Runnable> places) {
        if (part instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
            for (String name : List.copyOf(members.keySet())) {
                places.add(() -> edit(members, name, random));
                places(members.get(name), random, places);
            }
        } else if (part instanceof List<?> list) {
            List<@Nullable Object> items = (List<@Nullable Object>) list;
            for (int i = 0; i < items.size(); i++) {
                int at = i;
                places.add(() -> items.set(at, part(random)));
                places(items.get(i), random, places);
            }
            places.add(() -> items.add(items.isEmpty() ? part(random) : items.get(random.nextInt(items.size()))));
        }
    }

    private static void edit(Map<String, @Nullable Object> members, String name, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> members.remove(name);
            case 1 -> members.put(name + random.nextInt(3), members.remove(name));
            case 2 -> members.put(name, null);
            default -> members.put(name, part(random));
        }
    }

    /** A part of a good workflow, or something bad. */
    private static Object part(Random random) {
        if (random.nextBoolean()) {
            return changeable(BAD.get(random.nextInt(BAD.size())));
        }
        Object part = copy(GOOD.get(random.nextInt(GOOD.size())));
        for (int depth = random.nextInt(1, 7); depth > 0; depth--) {
            List<?> below = part instanceof Map<?, ?> map
                    ? List.copyOf(map.values())
                    : part instanceof List<?> list ? list : List.of();
            if (below.isEmpty()) {
                break;
            }
            part = below.get(random.nextInt(below.size()));
        }
        return part;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Map<String, Object> document) {
        return (Map<String, Object>) changeable(document);
    }

    private static Object changeable(Object part) {
        return switch (part) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((name, value) -> copy.put(String.valueOf(name), changeable(value)));
                yield copy;
            }
            case List<?> list ->
                new ArrayList<>(list.stream().map(WorkflowFuzzTest::changeable).toList());
            default -> part;
        };
    }

    private static List<Map<String, Object>> good() {
        JsonMapper json = new JsonMapper();
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted()
                    .map(file -> json.readValue(file, ConformanceCase.class).workflow())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
